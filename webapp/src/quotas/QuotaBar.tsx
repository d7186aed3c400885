import type { ReactElement } from 'react';
import type { Node } from './tree';
import css from './Quotas.module.css';

/** Held as a bar, what is over deserved hatched in it, deserved and limit as lines, asked as a dashed line below. */
export function QuotaBar({ node, end, slot }: { node: Node; end: number; slot: number | null }): ReactElement {
  const { amount, held, asked } = node;
  const part = (milli: number): string => `${Math.min(100, (100 * milli) / end)}%`;
  const inside = amount.quota < 0 ? held : Math.min(held, amount.quota);
  return (
    <span className={`${css.bar} ${slot === null ? css.grey : `c${slot}`}`} aria-hidden="true">
      {amount.quota > 0 ? <i className={css.well} style={{ width: part(amount.quota) }} /> : null}
      <i className={css.held} style={{ width: part(inside) }} />
      {held > inside ? <i className={css.over} style={{ left: part(inside), width: part(held - inside) }} /> : null}
      {asked > held ? <i className={css.asked} style={{ left: part(held), width: part(asked - held) }} /> : null}
      {amount.limit >= 0 ? <i className={css.limit} style={{ left: part(amount.limit) }} /> : null}
      {amount.quota >= 0 ? <i className={css.deserved} style={{ left: part(amount.quota) }} /> : null}
    </span>
  );
}
