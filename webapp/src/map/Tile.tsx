import { memo, type ReactElement } from 'react';
import { Glyph, toneOf } from '../components/Glyph';
import { gpus, gpuShare } from '../format/numbers';
import type { MapState, Slice } from '../live/clusterMap';
import { slicesOf } from './stats';
import { runsOf } from './tiles';
import css from './Map.module.css';

interface Props {
  state: MapState;
  node: number;
  slot: (project: string) => number;
  lit: (slice: Slice) => boolean;
  colourBy: 'project' | 'status';
  cursor: number | null;
}

/** A node as a tile: its name, how much of it is held, a cell for each GPU, and who holds them. */
export const Tile = memo(TileView, (before, after) => {
  const { state, node } = before;
  return (
    state.slices[node] === after.state.slices[node] &&
    state.nodes[node] === after.state.nodes[node] &&
    node === after.node &&
    before.slot === after.slot &&
    before.lit === after.lit &&
    before.colourBy === after.colourBy &&
    before.cursor === after.cursor
  );
});

function TileView({ state, node, slot, lit, colourBy, cursor }: Props): ReactElement | null {
  const info = state.nodes[node];
  if (info === undefined) {
    return null;
  }
  const held = (state.slices[node] ?? []).reduce((sum, { milli }) => sum + milli, 0);
  const cells = Array.from({ length: info.gpuCount }, (_, gpu) => gpu);
  const look = (slice: Slice): string =>
    `${colourBy === 'project' ? `c${slot(slice.holder.project)}` : css[`by${toneOf(slice.holder.phase)}`]} ${lit(slice) ? '' : css.dim}`;
  return (
    <div className={`${css.tile} ${info.ready ? '' : css.away}`} data-tile={info.name}>
      <p className={css.tileHead}>
        <span className="mono">{info.name}</span>
        {info.ready ? null : (
          <span className={css.notReady}>
            <Glyph shape="cross" tone="danger" /> not ready
          </span>
        )}
        <span className={css.tileUse}>{held === 0 ? `${info.gpuCount} free` : `${gpus(held)}/${info.gpuCount}`}</span>
      </p>
      <div className={css.cells} style={{ gridTemplateColumns: columns(info.gpuCount) }}>
        {cells.map((gpu) => (
          <span key={gpu} className={`${css.cell} ${cursor === gpu ? css.cursor : ''}`} data-node={node} data-gpu={gpu} style={{ gridColumn: column(gpu, info.gpuCount) }}>
            {slicesOf(state, node, gpu).map((slice) => (
              <i
                key={slice.holder.id}
                className={`${css.slice} ${slice.holder.phase === 'Running' ? '' : css.waiting} ${look(slice)}`}
                style={{ width: `${slice.milli / 10}%` }}
                data-workload={slice.holder.id}
              />
            ))}
          </span>
        ))}
      </div>
      <div className={css.cells} style={{ gridTemplateColumns: columns(info.gpuCount) }}>
        {runsOf(state, node).map(({ from, to, slice }) => (
          <span
            key={from}
            className={`${css.run} ${slice === null ? css.freeRun : look(slice)}`}
            style={{ gridColumn: `${column(from, info.gpuCount)} / ${column(to, info.gpuCount) + 1}` }}
          >
            {runLabel(from, to, slice, held)}
          </span>
        ))}
      </div>
    </div>
  );
}

/** Two halves with a gap between them, as the GPUs of a node hang on two switches. */
function columns(gpus: number): string {
  const half = Math.ceil(gpus / 2);
  return gpus < 4 ? `repeat(${gpus}, minmax(0, 1fr))` : `repeat(${half}, minmax(0, 1fr)) 5px repeat(${gpus - half}, minmax(0, 1fr))`;
}

function column(gpu: number, gpus: number): number {
  return gpu + 1 + (gpus >= 4 && gpu >= Math.ceil(gpus / 2) ? 1 : 0);
}

function runLabel(from: number, to: number, slice: Slice | null, held: number): string {
  if (slice === null) {
    return held === 0 && from === 0 ? 'free' : '';
  }
  return slice.milli < 1000 ? gpuShare(slice.milli) : to > from ? slice.holder.name : '';
}
