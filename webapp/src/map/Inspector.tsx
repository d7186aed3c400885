import type { ReactElement, ReactNode } from 'react';
import type { Workload } from '../api/model';
import { Link } from '../components/Button';
import { Square } from '../components/Controls';
import { Glyph, PhaseGlyph, PhaseWord } from '../components/Glyph';
import { count, gpus } from '../format/numbers';
import { phaseOf, reasonWord } from '../format/words';
import { asks } from '../format/workload';
import type { Stats } from './stats';
import css from './Inspector.module.css';

interface Props {
  stats: Stats;
  colourBy: 'project' | 'status';
  slot: (project: string) => number;
  chosen: string;
  choose: (name: string) => void;
  waiting: readonly Workload[];
  waitingTotal: number;
}

const SHOWN = 10;

/** Right of the map: the legend that is also a filter, the pools, the nodes' health, and who waits. */
export function Inspector({ stats, colourBy, slot, chosen, choose, waiting, waitingTotal }: Props): ReactElement {
  const held = colourBy === 'project' ? stats.projects : stats.phases;
  const most = Math.max(1, ...held.map(({ milli }) => milli));
  const rest = held.slice(SHOWN);
  return (
    <aside className={css.inspector} aria-label="About the map">
      <Head left={colourBy === 'project' ? 'Held by project' : 'Held by status'} right="GPUs" />
      <ul>
        {held.slice(0, SHOWN).map(({ name, milli }) => (
          <li key={name}>
            <button
              type="button"
              className={`${css.legend} ${colourBy === 'project' ? `c${slot(name)}` : ''}`}
              aria-pressed={chosen === name}
              onClick={() => choose(chosen === name ? '' : name)}
            >
              {colourBy === 'project' ? (
                <>
                  <Square colour={slot(name)} /> {name}
                </>
              ) : (
                <PhaseWord phase={phaseOf(name)} />
              )}
              <span className={css.bar}>
                <i style={{ width: `${(100 * milli) / most}%` }} />
              </span>
              <b className={css.amount}>{gpus(milli)}</b>
            </button>
          </li>
        ))}
        {rest.length > 0 ? (
          <li className={css.other}>
            {rest.length} other
            <b className={css.amount}>{gpus(rest.reduce((sum, { milli }) => sum + milli, 0))}</b>
          </li>
        ) : null}
      </ul>
      <div className={css.grammar}>
        <Sample look={css.solid}>running</Sample>
        <Sample look={css.hatched}>starting</Sample>
        <Sample look={css.outline}>free</Sample>
        <Sample look={css.shared}>shared</Sample>
      </div>

      {stats.pools.length > 0 ? (
        <>
          <Head left="Pools" right="held / GPUs" />
          {stats.pools.slice(0, SHOWN).map(({ name, nodes, gpus: all, heldMilli }) => (
            <div key={name} className={css.pool}>
              <span className="mono">{name}</span>
              <span className="muted"> {count(nodes)} nodes</span>
              <span className={css.poolNumbers}>
                {gpus(heldMilli)} <span className="muted">/ {count(all)}</span>
              </span>
              <span className={css.poolBar}>
                <i style={{ width: `${all === 0 ? 0 : Math.min(100, heldMilli / 10 / all)}%` }} />
              </span>
            </div>
          ))}
        </>
      ) : null}

      <Head left="Node health" />
      {stats.away.length > 0 ? (
        <p className={css.health}>
          <Glyph shape="cross" tone="danger" /> {count(stats.away.length)} not ready
          <span className={css.names}>
            {stats.away[0]}
            {stats.away.length > 1 ? ` +${stats.away.length - 1}` : ''}
          </span>
        </p>
      ) : null}
      <p className={css.health}>
        <Glyph shape="tick" tone="ok" /> {count(stats.nodes - stats.away.length)} ready
      </p>

      <Head left="Fragmentation" />
      <p className={css.health}>
        Free beside held GPUs
        <b className={css.amount}>
          {gpus(stats.scatteredMilli)} <span className={css.of}>of {gpus(stats.freeMilli)}</span>
        </b>
      </p>

      <Head left={waitingTotal > 0 ? `${count(waitingTotal)} waiting` : 'Nothing waits'} right={waitingTotal > 0 ? 'GPUs' : ''} />
      {waiting.map((workload) => (
        <p key={workload.metadata.id} className={css.waiting}>
          <PhaseGlyph phase={phaseOf(workload.status.phase)} />
          <Link quiet to={`/workloads/${workload.metadata.id}`}>
            {workload.metadata.name}
          </Link>
          <i className={`${css.square} c${slot(workload.spec.project)}`} title={workload.spec.project} />
          <span className="visually-hidden">{workload.spec.project}</span>
          <b>{asks(workload.spec)}</b>
          <span className={css.reason} title={reasonWord(workload.status.reason)}>{reasonWord(workload.status.reason)}</span>
        </p>
      ))}
    </aside>
  );
}

function Head({ left, right = '' }: { left: string; right?: string }): ReactElement {
  return (
    <h2 className={css.head}>
      {left}
      <span>{right}</span>
    </h2>
  );
}

function Sample({ look, children }: { look: string | undefined; children: ReactNode }): ReactElement {
  return (
    <span className={css.sample}>
      <i className={`${css.cell} ${look}`} />
      {children}
    </span>
  );
}
