import { useEffect, useState, type ReactElement } from 'react';
import { Square } from '../components/Controls';
import { PhaseGlyph } from '../components/Glyph';
import { gpuShare } from '../format/numbers';
import type { MapState } from '../live/clusterMap';
import type { Rect, Spot } from './layout';
import { slicesOf } from './stats';
import css from './Map.module.css';

const WIDTH = 236;
const DELAY = 120;

/** What a GPU holds, beside its cell. For the pointer; the keyboard's cursor is read out. */
export function HoverCard(props: {
  state: MapState;
  spot: Spot;
  slot: (project: string) => number;
  rect: Rect | null;
  bounds: { width: number; height: number };
}): ReactElement | null {
  const { state, spot, slot, rect, bounds } = props;
  const due = useDelay(`${spot.node}/${spot.gpu}`);
  const node = state.nodes[spot.node];
  if (!due || rect === null || node === undefined) {
    return null;
  }
  const slices = slicesOf(state, spot.node, spot.gpu);
  const left = rect.x + rect.width + 10 + WIDTH < bounds.width ? rect.x + rect.width + 10 : Math.max(0, rect.x - WIDTH - 10);
  const below = rect.y + 130 < bounds.height || rect.y < 130;
  const top = below ? rect.y - 8 : rect.y + rect.height + 8;
  return (
    <div className={`${css.card} ${below ? '' : css.cardAbove}`} style={{ left, top }} aria-hidden="true">
      <div className={css.cardHead}>
        <span className="mono">{node.name}</span> GPU {spot.gpu}
        <span className={css.cardNote}>{node.ready ? node.model : 'not ready'}</span>
      </div>
      {slices.length === 0 ? <p className="muted">Free</p> : null}
      {slices.slice(0, 6).map(({ holder, milli }) => (
        <p key={holder.id} className={css.cardRow}>
          <Square colour={slot(holder.project)} />
          <span className={css.cardName}>
            {holder.project}/{holder.name}
          </span>
          <PhaseGlyph phase={holder.phase} />
          <span>{milli >= 1000 ? `of ${gpusOf(holder.places)} GPUs` : gpuShare(milli)}</span>
        </p>
      ))}
      {slices.length > 0 ? <p className={css.cardFoot}>Click opens the workload</p> : null}
    </div>
  );
}

function gpusOf(places: readonly { milli: number }[]): string {
  return gpuShare(places.reduce((sum, { milli }) => sum + milli, 0));
}

/** Cards wait a little, so that they do not flicker along the pointer's way. */
function useDelay(key: string): boolean {
  const [due, setDue] = useState<string | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setDue(key), DELAY);
    return () => clearTimeout(timer);
  }, [key]);
  return due === key;
}
