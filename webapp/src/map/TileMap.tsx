import { useMemo, useRef, useState, type KeyboardEvent, type ReactElement } from 'react';
import type { MapNode, MapState, Slice } from '../live/clusterMap';
import { gpus } from '../format/numbers';
import { HoverCard } from './HoverCard';
import { groups, type Rect, type Spot } from './layout';
import { stepInTiles } from './keys';
import { slicesOf } from './stats';
import { Tile } from './Tile';
import css from './Map.module.css';

interface Props {
  state: MapState;
  shown: (node: MapNode) => boolean;
  lit: (slice: Slice) => boolean;
  slot: (project: string) => number;
  colourBy: 'project' | 'status';
  open: (workload: string) => void;
  say: (spot: Spot) => void;
}

/** One tile for each node of a small cluster, with names under the cells. */
export function TileMap(props: Props): ReactElement {
  const { state, shown, lit, slot, colourBy, open, say } = props;
  const box = useRef<HTMLDivElement>(null);
  const [hover, setHover] = useState<{ spot: Spot; rect: Rect } | null>(null);
  const [cursor, setCursor] = useState<Spot | null>(null);
  const all = useMemo(() => groups(state.nodes, shown), [state.nodes, shown]);
  const order = useMemo(() => all.flatMap(({ nodes }) => nodes), [all]);

  const rectOf = (cell: Element): Rect => {
    const outer = box.current?.getBoundingClientRect();
    const inner = cell.getBoundingClientRect();
    return { x: inner.left - (outer?.left ?? 0), y: inner.top - (outer?.top ?? 0), width: inner.width, height: inner.height };
  };
  const over = (target: EventTarget): void => {
    const cell = target instanceof Element ? target.closest<HTMLElement>('[data-gpu]') : null;
    if (cell === null) {
      setHover(null);
    } else {
      const spot = { node: Number(cell.dataset['node']), gpu: Number(cell.dataset['gpu']) };
      if (hover?.spot.node !== spot.node || hover.spot.gpu !== spot.gpu) {
        setHover({ spot, rect: rectOf(cell) });
      }
    }
  };
  const pressed = (event: KeyboardEvent): void => {
    if (event.key.startsWith('Arrow')) {
      event.preventDefault();
      const perRow = tilesPerRow(box.current);
      const next = cursor === null ? { node: order[0] ?? 0, gpu: 0 } : stepInTiles(state.nodes, order, cursor, event.key, perRow);
      setCursor(next);
      say(next);
    } else if (event.key === 'Enter' && cursor !== null) {
      const slice = slicesOf(state, cursor.node, cursor.gpu)[0];
      if (slice !== undefined) {
        open(slice.holder.id);
      }
    }
  };

  return (
    <div className={css.tilesView}>
      <div
        ref={box}
        className={css.tilesBox}
        role="application"
        aria-roledescription="GPU map"
        aria-label={`Map of ${order.length} nodes. Arrow keys move from GPU to GPU, Enter opens the workload. The table button shows the same as a table.`}
        tabIndex={0}
        onPointerMove={(event) => over(event.target)}
        onPointerLeave={() => setHover(null)}
        onClick={(event) => {
          const slice = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-workload]') : null;
          if (slice !== null) {
            open(slice.dataset['workload'] ?? '');
          }
        }}
        onKeyDown={pressed}
        onBlur={() => setCursor(null)}
      >
        {all.map(({ pool, model, gpuCount, nodes }) => (
          <section key={`${pool} ${model} ${gpuCount}`} className={css.group}>
            <h2 className={css.groupHead}>
              {pool}
              <span className="muted">
                {nodes.length} × {gpuCount} × {model}
              </span>
              <span className={css.groupHeld}>
                {gpus(heldIn(state, nodes))} of {nodes.length * gpuCount} held
              </span>
            </h2>
            <div className={css.tiles}>
              {nodes.map((node) => (
                <Tile key={node} state={state} node={node} slot={slot} lit={lit} colourBy={colourBy} cursor={cursor?.node === node ? cursor.gpu : null} />
              ))}
            </div>
          </section>
        ))}
        {hover === null ? null : (
          <HoverCard
            state={state}
            spot={hover.spot}
            slot={slot}
            rect={hover.rect}
            bounds={{ width: box.current?.clientWidth ?? 0, height: box.current?.clientHeight ?? 0 }}
          />
        )}
      </div>
    </div>
  );
}

function heldIn(state: MapState, nodes: readonly number[]): number {
  return nodes.reduce((sum, node) => sum + (state.slices[node] ?? []).reduce((part, { milli }) => part + milli, 0), 0);
}

function tilesPerRow(box: Element | null): number {
  const tiles = [...(box?.querySelectorAll<HTMLElement>('[data-tile]') ?? [])];
  const top = tiles[0]?.offsetTop;
  const next = tiles.findIndex((tile) => tile.offsetTop !== top);
  return next < 0 ? Math.max(1, tiles.length) : next;
}
