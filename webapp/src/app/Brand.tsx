import type { ReactElement } from 'react';
import css from './TopBar.module.css';

/** A ship's berth with cells in it. */
export function Brand(): ReactElement {
  return (
    <span className={css.logo}>
      <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
        <path d="M2.5 2v11.5A3.5 3.5 0 0 0 6 17h8a3.5 3.5 0 0 0 3.5-3.5V2" className={css.hull} />
        <rect x="5.8" y="4" width="3.7" height="3.7" rx=".6" className={css.cell} opacity=".5" />
        <rect x="10.5" y="4" width="3.7" height="3.7" rx=".6" className={css.cell} opacity=".5" />
        <rect x="5.8" y="8.7" width="3.7" height="3.7" rx=".6" className={css.cell} />
        <rect x="10.5" y="8.7" width="3.7" height="3.7" rx=".6" className={css.cell} />
      </svg>
      Berth
    </span>
  );
}
