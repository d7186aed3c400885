import { ArrowUp, Link2, Plus } from 'lucide-react';
import { useEffect, useState, type ReactElement } from 'react';
import { calls } from '../api/calls';
import { go, useQuery } from '../app/router';
import { isTyping } from '../app/shortcuts';
import { Button, LinkButton } from '../components/Button';
import { Key } from '../components/Controls';
import { Empty, Failure, Skeleton } from '../components/Notes';
import { Page } from '../components/Page';
import { toast } from '../components/Toasts';
import { useNow } from '../components/useNow';
import { count, gpus } from '../format/numbers';
import { askedMilli } from '../format/workload';
import { useWorkloads } from '../live/useWorkloads';
import { EndDialog, type Ending } from '../workloads/EndDialog';
import { asQuery, filtersOf, isFiltered, PER_PAGE, toggled, type Filters } from '../workloads/filters';
import { FilterBox } from '../workloads/FilterBox';
import { StatusStrip } from '../workloads/StatusStrip';
import { WorkloadTable } from '../workloads/WorkloadTable';
import table from '../components/Table.module.css';
import css from './WorkloadsPage.module.css';

export default function WorkloadsPage(): ReactElement {
  const [query, change] = useQuery();
  const filters = filtersOf(query);
  const set = (changes: Partial<Filters>): void => change(asQuery(changes));
  const { rows, next, total, summary, problem, reload } = useWorkloads(filters);
  const now = useNow();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [ending, setEnding] = useState<Ending | null>(null);
  const items = rows?.items ?? [];
  const chosen = items.filter(({ metadata }) => selected.has(metadata.id));
  const select = (ids: readonly string[], on: boolean): void => {
    setSelected((before) => new Set(on ? [...before, ...ids] : [...before].filter((id) => !ids.includes(id))));
  };
  const cursor = useCursor(
    items.map(({ metadata }) => metadata.id),
    (id) => select([id], !selected.has(id)),
  );
  const fresh = rows?.fresh.size ?? 0;

  const copyLink = (): void => {
    navigator.clipboard?.writeText(location.href).then(
      () => toast('The link is copied.'),
      () => toast('The browser did not allow copying.', 'danger'),
    );
  };

  return (
    <Page
      title="Workloads"
      name="Workloads"
      actions={
        <>
          <Button icon={<Link2 size={14} aria-hidden />} onClick={copyLink}>
            Copy link
          </Button>
          <LinkButton to="/workloads/new" look="primary" icon={<Plus size={14} aria-hidden />}>
            Submit
          </LinkButton>
        </>
      }
      foot={
        chosen.length > 0 ? (
          <>
            <b>{count(chosen.length)} selected</b>
            <span className="muted">{gpus(chosen.reduce((sum, { spec }) => sum + askedMilli(spec), 0))} GPUs asked</span>
            <Button onClick={() => setEnding('stop')}>Stop…</Button>
            <Button look="danger" onClick={() => setEnding('delete')}>
              Delete…
            </Button>
          </>
        ) : (
          <Paging from={filters.from} shown={items.length} total={total} next={next} change={change} />
        )
      }
    >
      <StatusStrip summary={summary} chosen={filters.status} toggle={(status) => set({ status: toggled(filters.status, status) })} />
      <div className={css.filters}>
        <FilterBox filters={filters} set={set} />
        <span className="muted" data-total={total ?? ''}>
          {total === null ? '' : `${count(total)} of ${count(summary?.total ?? total)}`}
        </span>
      </div>
      <div className={css.around}>
        {fresh > 0 ? (
          <button type="button" className={css.pill} onClick={reload}>
            <ArrowUp size={14} aria-hidden /> {fresh >= 1000 ? '999+' : fresh} new · show
          </button>
        ) : null}
        <div className={table.scroll} tabIndex={0} role="region" aria-label="Table of workloads">
          {problem !== null ? <Failure problem={problem} retry={reload} /> : null}
          {rows === null && problem === null ? <Skeleton rows={20} /> : null}
          {rows !== null && items.length > 0 ? (
            <WorkloadTable rows={rows} now={now} sort={filters.sort} setSort={(sort) => set({ sort })} selected={selected} select={select} cursor={cursor} />
          ) : null}
          {rows !== null && items.length === 0 ? <Nothing filters={filters} clear={() => go('/workloads')} /> : null}
        </div>
      </div>
      {ending === null ? null : (
        <EndDialog how={ending} workloads={chosen} close={() => setEnding(null)} ended={() => setSelected(new Set())} />
      )}
    </Page>
  );
}

function Nothing({ filters, clear }: { filters: Filters; clear: () => void }): ReactElement {
  const filtered = isFiltered(filters);
  const all = useTotal(filtered);
  return filtered ? (
    <Empty title={all === null ? 'None match' : `0 of ${count(all)} match`}>
      <Button onClick={clear}>Clear the filters</Button>
    </Empty>
  ) : (
    <Empty title="Nothing here yet">
      <p>A workload is an image, a command and the GPUs that it needs. Once submitted, it is here with the reason why it waits.</p>
      <LinkButton to="/workloads/new" look="primary">
        Submit a workload
      </LinkButton>
    </Empty>
  );
}

/** How many there are without any filter. */
function useTotal(wanted: boolean): number | null {
  const [total, setTotal] = useState<number | null>(null);
  useEffect(() => {
    if (!wanted) {
      return undefined;
    }
    const abort = new AbortController();
    calls.summary({}, abort.signal).then(
      (summary) => setTotal(summary.total),
      () => undefined,
    );
    return () => abort.abort();
  }, [wanted]);
  return total;
}

interface PagingProps {
  from: number;
  shown: number;
  total: number | null;
  next: string | null;
  change: (changes: Record<string, string | null>) => void;
}

function Paging({ from, shown, total, next, change }: PagingProps): ReactElement {
  return (
    <>
      <span className="muted">
        {shown === 0 ? 'No rows' : `Rows ${count(from + 1)}–${count(from + shown)}${total === null ? '' : ` of ${count(total)}`}`}
      </span>
      <Button size="small" disabled={from === 0} onClick={() => change({ cursor: null, from: null })}>
        First
      </Button>
      <Button size="small" disabled={next === null} onClick={() => change({ cursor: next, from: String(from + PER_PAGE) })}>
        Next
      </Button>
      <span className={css.keys}>
        <Key>j</Key> <Key>k</Key> move <Key>x</Key> select <Key>e</Key> explain
      </span>
    </>
  );
}

/** The row of the keyboard: j and k move, x selects, Enter and e open. */
function useCursor(ids: readonly string[], toggle: (id: string) => void): number {
  const [cursor, setCursor] = useState(-1);
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) {
        return;
      }
      const id = ids[cursor];
      if (event.key === 'j' || event.key === 'k') {
        setCursor(Math.min(ids.length - 1, Math.max(0, cursor + (event.key === 'j' ? 1 : -1))));
      } else if (event.key === 'x' && id !== undefined) {
        toggle(id);
      } else if ((event.key === 'e' || (event.key === 'Enter' && event.target === document.body)) && id !== undefined) {
        go(`/workloads/${id}`);
      }
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, [ids, cursor, toggle]);
  useEffect(() => {
    document.querySelector('[data-current="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [cursor]);
  return cursor;
}
