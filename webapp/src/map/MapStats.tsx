import type { ReactElement } from 'react';
import { count, gpus } from '../format/numbers';
import type { Stats } from './stats';
import css from './Map.module.css';

/** The map in five numbers, and a bar of who holds how much. */
export function MapStats({ stats, slot }: { stats: Stats; slot: (project: string) => number }): ReactElement {
  return (
    <>
      <div className={css.stats}>
        <span>
          <b data-held={stats.heldMilli}>{gpus(stats.heldMilli)}</b> of {count(stats.gpus)} GPUs held
        </span>
        <span>
          <b>{gpus(stats.freeMilli)}</b> free
        </span>
        <span>
          <b>{count(stats.wholeNodes)}</b> whole nodes free
        </span>
        {stats.awayMilli > 0 ? (
          <span>
            <b>{gpus(stats.awayMilli)}</b> unavailable
          </span>
        ) : null}
        <span className={css.statsEnd}>
          Largest gang of whole nodes{' '}
          <b>{stats.wholeSize === 0 ? 'none' : `${count(stats.wholeLargest)} × ${stats.wholeSize} GPU`}</b>
        </span>
      </div>
      <div className={css.strip} role="img" aria-label={`Held by project: ${stats.projects.map(({ name, milli }) => `${name} ${gpus(milli)}`).join(', ') || 'nothing'}`}>
        {stats.projects.map(({ name, milli }) => (
          <i key={name} className={`c${slot(name)}`} style={{ width: `${milli / 10 / Math.max(1, stats.gpus)}%` }} />
        ))}
      </div>
    </>
  );
}
