import type { ReactElement } from 'react';
import type { Summary } from '../api/model';
import { PhaseGlyph, toneOf } from '../components/Glyph';
import { count } from '../format/numbers';
import { PHASES } from '../format/words';
import css from './StatusStrip.module.css';

/** How many are in which status, as a bar; each part is a filter. */
export function StatusStrip(props: { summary: Summary | null; chosen: readonly string[]; toggle: (status: string) => void }): ReactElement {
  const { summary, chosen, toggle } = props;
  const parts = PHASES.map((phase) => ({ phase, amount: summary?.byStatus[phase] ?? 0 })).filter(({ amount, phase }) => amount > 0 || chosen.includes(phase));
  return (
    <div className={css.strip} role="group" aria-label="Filter by status">
      {parts.map(({ phase, amount }) => (
        <button
          key={phase}
          type="button"
          className={`${css.part} ${css[toneOf(phase)]} ${chosen.length > 0 && !chosen.includes(phase) ? css.pale : ''}`}
          style={{ flexGrow: Math.max(0.001, amount) }}
          aria-pressed={chosen.includes(phase)}
          data-status={phase}
          onClick={() => toggle(phase)}
        >
          <i className={css.bar} />
          <span className={css.label}>
            <PhaseGlyph phase={phase} />
            <b>{count(amount)}</b>
            {phase}
          </span>
        </button>
      ))}
      {parts.length === 0 && summary !== null ? <span className={css.none}>No workloads</span> : null}
    </div>
  );
}
