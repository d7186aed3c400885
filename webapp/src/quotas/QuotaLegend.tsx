import type { ReactElement } from 'react';
import css from './Quotas.module.css';

/** The same signs as in the bars. */
export function QuotaLegend(): ReactElement {
  return (
    <span className={css.legend}>
      <span>
        <i className={css.keyDeserved} /> deserved
      </span>
      <span>
        <i className={css.keyLimit} /> limit
      </span>
      <span>
        <i className={css.keyHeld} /> held
      </span>
      <span>
        <i className={css.keyOver} /> over quota
      </span>
      <span>
        <i className={css.keyAsked} /> asked
      </span>
    </span>
  );
}
