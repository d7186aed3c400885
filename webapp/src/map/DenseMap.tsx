import { useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type MouseEvent, type PointerEvent, type ReactElement } from 'react';
import type { MapNode, MapState, Slice } from '../live/clusterMap';
import { HoverCard } from './HoverCard';
import { cellRect, firstSpot, fittingCell, groups, layoutOf, neighbour, nodeRect, spotAt, type Layout, type Spot } from './layout';
import { paintAll, paintFrame, paintNode, paintsOf, type ColourBy, type Picture } from './paint';
import { sliceAt, slicesOf } from './stats';
import { measured } from './measured';
import css from './Map.module.css';

interface Props {
  state: MapState;
  shown: (node: MapNode) => boolean;
  lit: (slice: Slice) => boolean;
  slot: (project: string) => number;
  colourBy: ColourBy;
  theme: string;
  /** Cell size; 0: as large as fits. */
  zoom: number;
  open: (workload: string) => void;
  say: (spot: Spot) => void;
}

/** One canvas for all GPUs, and a second one above it for the pointer and the cursor. */
export function DenseMap(props: Props): ReactElement {
  const { state, shown, lit, slot, colourBy, theme, zoom, open, say } = props;
  const view = useRef<HTMLDivElement>(null);
  const ground = useRef<HTMLCanvasElement>(null);
  const above = useRef<HTMLCanvasElement>(null);
  const painted = useRef<Picture | null>(null);
  const [size, setSize] = useState<{ width: number; height: number } | null>(null);
  const [hover, setHover] = useState<Spot | null>(null);
  const [cursor, setCursor] = useState<Spot | null>(null);

  useLayoutEffect(() => {
    const box = view.current;
    if (box === null) {
      return undefined;
    }
    const observer = new ResizeObserver(() => setSize({ width: box.clientWidth - 32, height: box.clientHeight - 16 }));
    observer.observe(box);
    return () => observer.disconnect();
  }, []);

  const { nodes } = state;
  const layout = useMemo(() => {
    const width = size?.width ?? 0;
    const all = groups(nodes, shown);
    const cell = zoom > 0 ? zoom : fittingCell(nodes, all, width, size?.height ?? 0);
    return layoutOf(nodes, all, width, cell);
  }, [nodes, shown, size, zoom]);

  useLayoutEffect(() => {
    const canvas = ground.current;
    if (canvas === null || size === null) {
      return;
    }
    const paints = paintsOf(canvas);
    const next: Picture = { state, layout, paints, colourBy, slot, lit };
    measured('map.draw', () => draw(canvas, painted.current, next));
    painted.current = next;
    // The theme is among the causes because the tokens' colours follow it.
  }, [state, layout, colourBy, slot, lit, size, theme]);

  useLayoutEffect(() => {
    if (above.current !== null && size !== null) {
      const canvas = above.current;
      measured('map.hover', () => drawAbove(canvas, layout, hover, cursor));
    }
  }, [layout, hover, cursor, size, theme]);

  const spotOf = (event: PointerEvent | MouseEvent): { spot: Spot | null; x: number; y: number } => {
    const box = ground.current?.getBoundingClientRect();
    const x = event.clientX - (box?.left ?? 0);
    const y = event.clientY - (box?.top ?? 0);
    return { spot: spotAt(layout, nodes, x, y), x, y };
  };
  const moved = (event: PointerEvent): void => {
    const { spot } = spotOf(event);
    if (spot?.node !== hover?.node || spot?.gpu !== hover?.gpu) {
      setHover(spot);
    }
  };
  const clicked = (event: MouseEvent): void => {
    const { spot, x } = spotOf(event);
    const rect = spot === null ? null : cellRect(layout, spot);
    if (spot !== null && rect !== null) {
      const slice = sliceAt(slicesOf(state, spot.node, spot.gpu), (x - rect.x) / rect.width);
      if (slice !== undefined) {
        open(slice.holder.id);
      }
    }
  };
  const pressed = (event: KeyboardEvent): void => {
    if (event.key.startsWith('Arrow')) {
      event.preventDefault();
      const next = cursor === null ? firstSpot(layout) : neighbour(layout, nodes, cursor, event.key);
      if (next !== null) {
        setCursor(next);
        say(next);
      }
    } else if (event.key === 'Enter' && cursor !== null) {
      const slice = slicesOf(state, cursor.node, cursor.gpu)[0];
      if (slice !== undefined) {
        open(slice.holder.id);
      }
    }
  };

  const shownSpot = hover ?? cursor;
  return (
    <div ref={view} className={css.view} data-cell={layout.cell}>
      <div
        className={css.canvases}
        style={{ height: layout.height }}
        role="application"
        aria-roledescription="GPU map"
        aria-label={`Map of ${nodes.length} nodes. Arrow keys move from GPU to GPU, Enter opens the workload. The table button shows the same as a table.`}
        tabIndex={0}
        onPointerMove={moved}
        onPointerLeave={() => setHover(null)}
        onClick={clicked}
        onKeyDown={pressed}
        onBlur={() => setCursor(null)}
      >
        <canvas ref={ground} className={css.canvas} />
        <canvas ref={above} className={css.canvas} />
        {shownSpot === null ? null : (
          <HoverCard state={state} spot={shownSpot} slot={slot} rect={cellRect(layout, shownSpot)} bounds={{ width: layout.width, height: layout.height }} />
        )}
      </div>
    </div>
  );
}

/** Paints only the nodes that changed, where nothing else did. */
function draw(canvas: HTMLCanvasElement, before: Picture | null, next: Picture): void {
  const { layout } = next;
  const pen = canvas.getContext('2d');
  if (pen === null) {
    return;
  }
  const same =
    before !== null &&
    before.layout === layout &&
    before.colourBy === next.colourBy &&
    before.slot === next.slot &&
    before.lit === next.lit &&
    before.paints.ground === next.paints.ground;
  if (!same) {
    fit(canvas, layout);
    pen.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    paintAll(pen, next);
    return;
  }
  next.state.nodes.forEach((node, index) => {
    if (next.state.slices[index] !== before.state.slices[index] || node !== before.state.nodes[index]) {
      paintNode(pen, next, index);
    }
  });
}

function drawAbove(canvas: HTMLCanvasElement, layout: Layout, hover: Spot | null, cursor: Spot | null): void {
  const pen = canvas.getContext('2d');
  if (pen === null) {
    return;
  }
  fit(canvas, layout);
  pen.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
  pen.clearRect(0, 0, layout.width, layout.height);
  const paints = paintsOf(canvas);
  const node = hover === null ? null : nodeRect(layout, hover.node);
  if (node !== null) {
    paintFrame(pen, paints.ink, node, 2);
  }
  const cell = cursor === null ? null : cellRect(layout, cursor);
  if (cell !== null) {
    paintFrame(pen, paints.accent, cell, 2);
  }
}

function fit(canvas: HTMLCanvasElement, { width, height }: Layout): void {
  const [pixelsX, pixelsY] = [Math.round(width * devicePixelRatio), Math.round(height * devicePixelRatio)];
  if (canvas.width !== pixelsX || canvas.height !== pixelsY) {
    canvas.width = pixelsX;
    canvas.height = pixelsY;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }
}
