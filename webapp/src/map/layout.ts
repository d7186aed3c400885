import type { MapNode } from '../live/clusterMap';

/** Geometry of the dense map, in CSS pixels; pure, so that it is tested without a canvas. */
export interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Nodes of one pool, model and size, in rows. */
export interface Block {
  title: string;
  detail: string;
  nodes: readonly number[];
  y: number;
  columns: number;
  rows: number;
  perRow: number;
  pitchX: number;
  pitchY: number;
}

export interface Layout {
  cell: number;
  gap: number;
  width: number;
  height: number;
  blocks: readonly Block[];
  /** For each node its block and its place in it; −1 where it is not shown. */
  block: Int32Array;
  place: Int32Array;
}

export interface Spot {
  node: number;
  gpu: number;
}

const HEAD = 24;
const BETWEEN = 12;
export const SMALLEST = 5;
export const LARGEST = 28;

interface Group {
  pool: string;
  model: string;
  gpuCount: number;
  nodes: number[];
}

export function groups(nodes: readonly MapNode[], shown: (node: MapNode) => boolean): Group[] {
  const byKey = new Map<string, Group>();
  nodes.forEach((node, index) => {
    if (!shown(node)) {
      return;
    }
    const { pool, model, gpuCount } = node;
    const key = `${pool}\n${model}\n${gpuCount}`;
    const group = byKey.get(key) ?? { pool, model, gpuCount, nodes: [] };
    group.nodes.push(index);
    byKey.set(key, group);
  });
  return [...byKey.values()].toSorted(
    (left, right) =>
      left.pool.localeCompare(right.pool) || right.gpuCount - left.gpuCount || left.model.localeCompare(right.model),
  );
}

export function layoutOf(nodes: readonly MapNode[], groups: readonly Group[], width: number, cell: number): Layout {
  const gap = cell >= 12 ? 2 : 1;
  const between = cell >= 12 ? 8 : 4;
  const blocks: Block[] = [];
  const block = new Int32Array(nodes.length).fill(-1);
  const place = new Int32Array(nodes.length).fill(-1);
  let y = 0;
  for (const { pool, model, gpuCount, nodes: members } of groups) {
    const columns = Math.max(1, Math.ceil(gpuCount / 2));
    const rows = Math.min(2, Math.max(1, gpuCount));
    const pitchX = columns * (cell + gap) - gap + between;
    const pitchY = rows * (cell + gap) - gap + between;
    const perRow = Math.max(1, Math.floor((width + between) / pitchX));
    members.forEach((node, index) => {
      block[node] = blocks.length;
      place[node] = index;
    });
    const detail = `${model} · ${members.length.toLocaleString('en-US')} ${members.length === 1 ? 'node' : 'nodes'} × ${gpuCount} GPU`;
    blocks.push({ title: pool, detail, nodes: members, y: y + HEAD, columns, rows, perRow, pitchX, pitchY });
    y += HEAD + Math.ceil(members.length / perRow) * pitchY + BETWEEN;
  }
  return { cell, gap, width, height: Math.max(0, y - BETWEEN), blocks, block, place };
}

/** The largest cell with which everything is seen at once. */
export function fittingCell(nodes: readonly MapNode[], groups: readonly Group[], width: number, height: number): number {
  for (let cell = 16; cell > SMALLEST; cell -= 1) {
    if (layoutOf(nodes, groups, width, cell).height <= height) {
      return cell;
    }
  }
  return SMALLEST;
}

export function nodeRect(layout: Layout, node: number): Rect | null {
  const block = layout.blocks[layout.block[node] ?? -1];
  const place = layout.place[node] ?? -1;
  if (block === undefined || place < 0) {
    return null;
  }
  const { cell, gap } = layout;
  return {
    x: (place % block.perRow) * block.pitchX,
    y: block.y + Math.floor(place / block.perRow) * block.pitchY,
    width: block.columns * (cell + gap) - gap,
    height: block.rows * (cell + gap) - gap,
  };
}

export function cellRect(layout: Layout, { node, gpu }: Spot): Rect | null {
  const block = layout.blocks[layout.block[node] ?? -1];
  const rect = nodeRect(layout, node);
  if (block === undefined || rect === null) {
    return null;
  }
  const step = layout.cell + layout.gap;
  return {
    x: rect.x + (gpu % block.columns) * step,
    y: rect.y + Math.floor(gpu / block.columns) * step,
    width: layout.cell,
    height: layout.cell,
  };
}

/** The GPU at a point; the gaps between cells count to the cell before them. */
export function spotAt(layout: Layout, nodes: readonly MapNode[], x: number, y: number): Spot | null {
  const block = layout.blocks.find(
    (candidate) => y >= candidate.y && y < candidate.y + Math.ceil(candidate.nodes.length / candidate.perRow) * candidate.pitchY,
  );
  if (block === undefined || x < 0) {
    return null;
  }
  const column = Math.floor(x / block.pitchX);
  const row = Math.floor((y - block.y) / block.pitchY);
  const node = column < block.perRow ? block.nodes[row * block.perRow + column] : undefined;
  if (node === undefined) {
    return null;
  }
  const step = layout.cell + layout.gap;
  const gpuColumn = Math.floor((x - column * block.pitchX) / step);
  const gpuRow = Math.floor((y - block.y - row * block.pitchY) / step);
  const gpu = gpuRow * block.columns + gpuColumn;
  const inside = gpuColumn < block.columns && gpuRow < block.rows && gpu < (nodes[node]?.gpuCount ?? 0);
  return inside ? { node, gpu } : null;
}

/** Where the cell cursor goes with an arrow key: along the picture, and over the edges of nodes and blocks. */
export function neighbour(layout: Layout, nodes: readonly MapNode[], from: Spot, key: string): Spot {
  const rect = cellRect(layout, from);
  if (rect === null) {
    return firstSpot(layout) ?? from;
  }
  const middle = { x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 };
  const [dx, dy] = key === 'ArrowLeft' ? [-1, 0] : key === 'ArrowRight' ? [1, 0] : key === 'ArrowUp' ? [0, -1] : [0, 1];
  const step = layout.cell + layout.gap;
  const far = dx === 0 ? layout.height : layout.width;
  for (let way = step; way <= far; way += layout.cell / 2) {
    const found = spotAt(layout, nodes, middle.x + dx * way, middle.y + dy * way);
    if (found !== null && (found.node !== from.node || found.gpu !== from.gpu)) {
      return found;
    }
  }
  return from;
}

export function firstSpot(layout: Layout): Spot | null {
  const node = layout.blocks[0]?.nodes[0];
  return node === undefined ? null : { node, gpu: 0 };
}
