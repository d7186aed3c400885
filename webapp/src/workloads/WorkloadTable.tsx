import { ArrowDown, ArrowUp } from 'lucide-react';
import type { ReactElement } from 'react';
import type { Workload } from '../api/model';
import { useOrganisation } from '../app/organisation';
import { Link } from '../components/Button';
import { Checkbox, ProjectName } from '../components/Controls';
import { PhaseWord } from '../components/Glyph';
import { duration, instant, moment } from '../format/time';
import { isFinal, isGrave, phaseOf, priorityWord, reasonWord } from '../format/words';
import { gpuColumn, nodeWord, runMillis, statusNote, waitMillis, withoutReason } from '../format/workload';
import type { Rows } from '../live/workloadRows';
import table from '../components/Table.module.css';
import css from './WorkloadTable.module.css';

interface Props {
  rows: Rows;
  now: number;
  sort: string;
  setSort: (sort: string) => void;
  selected: ReadonlySet<string>;
  select: (ids: readonly string[], on: boolean) => void;
  cursor: number;
}

interface Column {
  title: string;
  sort?: string;
  look?: string | undefined;
}

const COLUMNS: readonly Column[] = [
  { title: 'Name', sort: 'name', look: css.name },
  { title: 'Project', look: css.project },
  { title: 'Status', sort: 'status', look: css.status },
  { title: 'GPUs', sort: 'gpus', look: `num ${css.gpus}` },
  { title: 'Node', look: css.node },
  { title: 'Cluster', look: css.cluster },
  { title: 'Priority', look: css.priority },
  { title: 'Wait', look: `num ${css.time}` },
  { title: 'Run time', look: `num ${css.time}` },
  { title: 'Created', sort: 'createdAt', look: `num ${css.created}` },
];

export function WorkloadTable(props: Props): ReactElement {
  const { rows, now, sort, setSort, selected, select, cursor } = props;
  const ids = rows.items.map(({ metadata }) => metadata.id);
  const all = ids.length > 0 && ids.every((id) => selected.has(id));
  return (
    <table className={`${table.table} ${css.table}`}>
      <caption className="visually-hidden">Workloads</caption>
      <thead>
        <tr>
          <td className={css.check}>
            <Checkbox hideLabel checked={all} some={ids.some((id) => selected.has(id))} onChange={(on) => select(ids, on)}>
              Select all rows of this page
            </Checkbox>
          </td>
          {COLUMNS.map((column) => (
            <Head key={column.title} column={column} sort={sort} setSort={setSort} />
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.items.map((workload, index) => (
          <Row
            key={workload.metadata.id}
            workload={workload}
            now={now}
            changed={rows.changed.has(workload.metadata.id)}
            selected={selected.has(workload.metadata.id)}
            select={(on) => select([workload.metadata.id], on)}
            current={index === cursor}
          />
        ))}
      </tbody>
    </table>
  );
}

function Head({ column, sort, setSort }: { column: Column; sort: string; setSort: (sort: string) => void }): ReactElement {
  const { title, look } = column;
  const down = sort === `-${column.sort}`;
  const up = sort === column.sort;
  if (column.sort === undefined) {
    return (
      <th scope="col" className={look}>
        {title}
      </th>
    );
  }
  return (
    <th scope="col" className={look} aria-sort={down ? 'descending' : up ? 'ascending' : 'none'}>
      <button type="button" className={css.sort} onClick={() => setSort(down ? (column.sort ?? '') : `-${column.sort}`)}>
        {title}
        {down ? <ArrowDown size={12} aria-hidden /> : up ? <ArrowUp size={12} aria-hidden /> : null}
      </button>
    </th>
  );
}

interface RowProps {
  workload: Workload;
  now: number;
  changed: boolean;
  selected: boolean;
  select: (on: boolean) => void;
  current: boolean;
}

function Row({ workload, now, changed, selected, select, current }: RowProps): ReactElement {
  const { colour } = useOrganisation();
  const { metadata, spec, status } = workload;
  const created = instant(metadata.createdAt);
  return (
    <tr className={`${selected ? css.selected : ''} ${current ? css.cursor : ''}`} data-workload={metadata.name} data-current={current}>
      <td className={css.check}>
        <Checkbox hideLabel checked={selected} onChange={select}>
          Select {metadata.name}
        </Checkbox>
      </td>
      <th scope="row" className={css.name}>
        <Link quiet to={`/workloads/${metadata.id}`}>
          {metadata.name}
        </Link>
      </th>
      <td className={css.project}>
        <ProjectName name={spec.project} colour={colour(spec.project)} />
      </td>
      <td className={`${css.status} ${changed ? css.changed : ''}`}>
        <StatusCell workload={workload} />
      </td>
      <td className={`num ${css.gpus}`}>{gpuColumn(spec)}</td>
      <td className={`mono ${css.node}`}>{nodeWord(workload)}</td>
      <td className={css.cluster}>{spec.cluster}</td>
      <td className={css.priority}>{priorityWord(spec.priorityClass)}</td>
      <td className={`num ${css.time}`}>{duration(waitMillis(workload, now))}</td>
      <td className={`num ${css.time}`}>{duration(runMillis(workload, now))}</td>
      <td className={`num muted ${css.created}`} title={created === null ? status.phase : new Date(created).toLocaleString()}>
        {moment(created, now)}
      </td>
    </tr>
  );
}

/** Status and reason, written and not hidden in a tooltip. */
function StatusCell({ workload }: { workload: Workload }): ReactElement {
  const { status } = workload;
  const phase = phaseOf(status.phase);
  const reason = isFinal(phase) && phase === 'Succeeded' ? '' : reasonWord(status.reason);
  const note = withoutReason(statusNote(workload), reason);
  return (
    <span className={css.state}>
      <PhaseWord phase={phase} />
      <span className={css.note} title={note}>
        {reason === '' ? null : <span className={isGrave(status.reason) ? css.grave : css.reason}>{reason}</span>}
        {reason !== '' && note !== '' ? ' · ' : ''}
        {note}
      </span>
    </span>
  );
}
