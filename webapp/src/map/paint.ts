import type { MapState, Slice } from '../live/clusterMap';
import { cellRect, nodeRect, type Layout, type Rect } from './layout';

/** Colours of the theme, read from the tokens once and not for each cell. */
export interface Paints {
  projects: readonly string[];
  phases: Readonly<Record<string, string>>;
  ground: string;
  free: string;
  ink: string;
  muted: string;
  danger: string;
  accent: string;
  font: string;
}

export type ColourBy = 'project' | 'status';

/** What is drawn how. */
export interface Picture {
  state: MapState;
  layout: Layout;
  paints: Paints;
  colourBy: ColourBy;
  /** The colour's slot of a project. */
  slot: (project: string) => number;
  /** Whether a slice is drawn in full colour; all others are dimmed. */
  lit: (slice: Slice) => boolean;
}

const PHASE_TOKENS: readonly (readonly [string, string])[] = [
  ['Running', '--ok'],
  ['Starting', '--info'],
  ['Stopping', '--idle'],
];

export function paintsOf(element: Element): Paints {
  const style = getComputedStyle(element);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  return {
    projects: Array.from({ length: 10 }, (_, slot) => token(`--p${slot}`)),
    phases: Object.fromEntries(PHASE_TOKENS.map(([phase, name]) => [phase, token(name)])),
    ground: token('--bg'),
    free: token('--border'),
    ink: token('--text'),
    muted: token('--muted'),
    danger: token('--danger'),
    accent: token('--accent'),
    font: token('--font'),
  };
}

export function paintAll(pen: CanvasRenderingContext2D, picture: Picture): void {
  const { layout, paints, state } = picture;
  pen.clearRect(0, 0, layout.width, layout.height);
  pen.textBaseline = 'alphabetic';
  for (const { title, detail, y } of layout.blocks) {
    pen.globalAlpha = 1;
    pen.fillStyle = paints.ink;
    pen.font = `600 13px ${paints.font}`;
    pen.fillText(title, 0, y - 8);
    const width = pen.measureText(title).width;
    pen.fillStyle = paints.muted;
    pen.font = `400 12px ${paints.font}`;
    pen.fillText(detail, width + 8, y - 8);
  }
  state.nodes.forEach((_, node) => paintNode(pen, picture, node));
}

/** Draws one node anew; so a live change costs only the nodes that it touches. */
export function paintNode(pen: CanvasRenderingContext2D, picture: Picture, node: number): void {
  const { layout, state, paints } = picture;
  const rect = nodeRect(layout, node);
  const info = state.nodes[node];
  if (rect === null || info === undefined) {
    return;
  }
  pen.globalAlpha = 1;
  pen.clearRect(rect.x, rect.y, rect.width, rect.height);
  const slices = state.slices[node] ?? [];
  let at = 0;
  for (let gpu = 0; gpu < info.gpuCount; gpu += 1) {
    const cell = cellRect(layout, { node, gpu });
    if (cell === null) {
      continue;
    }
    let filled = 0;
    for (let slice = slices[at]; slice !== undefined && slice.gpu === gpu; slice = slices[at]) {
      filled += paintSlice(pen, picture, cell, slice, filled);
      at += 1;
    }
    if (filled < cell.width - 0.5) {
      paintFree(pen, picture, cell, filled);
    }
    if (!info.ready) {
      paintCross(pen, paints, cell);
    }
  }
}

function paintSlice(pen: CanvasRenderingContext2D, picture: Picture, cell: Rect, slice: Slice, from: number): number {
  const width = Math.min(cell.width - from, (cell.width * slice.milli) / 1000);
  const lit = picture.lit(slice);
  const x = cell.x + from;
  pen.fillStyle = colourOf(picture, slice);
  if (slice.holder.phase === 'Running') {
    pen.globalAlpha = lit ? 1 : 0.2;
    pen.fillRect(x, cell.y, width, cell.height);
  } else {
    // Held but not running yet: a tint inside an outline.
    pen.globalAlpha = lit ? 0.3 : 0.1;
    pen.fillRect(x, cell.y, width, cell.height);
    pen.globalAlpha = lit ? 1 : 0.2;
    pen.strokeStyle = pen.fillStyle;
    pen.lineWidth = 1;
    pen.strokeRect(x + 0.5, cell.y + 0.5, Math.max(0, width - 1), cell.height - 1);
  }
  pen.globalAlpha = 1;
  return width;
}

function colourOf({ colourBy, paints, slot }: Picture, { holder }: Slice): string {
  const project = paints.projects[slot(holder.project)];
  return (colourBy === 'project' ? project : paints.phases[holder.phase]) ?? paints.muted;
}

function paintFree(pen: CanvasRenderingContext2D, { paints }: Picture, cell: Rect, from: number): void {
  pen.strokeStyle = paints.free;
  pen.lineWidth = 1;
  pen.strokeRect(cell.x + from + 0.5, cell.y + 0.5, Math.max(0, cell.width - from - 1), cell.height - 1);
}

function paintCross(pen: CanvasRenderingContext2D, paints: Paints, { x, y, width, height }: Rect): void {
  pen.strokeStyle = paints.danger;
  pen.lineWidth = 1;
  pen.beginPath();
  pen.moveTo(x + 1, y + 1);
  pen.lineTo(x + width - 1, y + height - 1);
  pen.moveTo(x + width - 1, y + 1);
  pen.lineTo(x + 1, y + height - 1);
  pen.stroke();
}

/** The frame around the node and the cell under the pointer or the keyboard's cursor. */
export function paintFrame(pen: CanvasRenderingContext2D, colour: string, rect: Rect, grow: number): void {
  pen.strokeStyle = colour;
  pen.lineWidth = 2;
  pen.strokeRect(rect.x - grow, rect.y - grow, rect.width + 2 * grow, rect.height + 2 * grow);
}
