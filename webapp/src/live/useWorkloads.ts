import { useCallback, useEffect, useState } from 'react';
import { calls } from '../api/calls';
import type { Summary } from '../api/model';
import { admits, countQuery, listQuery, NEWEST, type Filters } from '../workloads/filters';
import { ofTopic } from './events';
import { useEvents, useRound } from './useLive';
import { NO_ROWS, patchWorkloads, TINT, type Rows } from './workloadRows';

/** Counts are read again at most so often while workloads change. */
const RECOUNT = 2_000;

export interface WorkloadsView {
  rows: Rows | null;
  next: string | null;
  total: number | null;
  summary: Summary | null;
  problem: unknown;
  reload: () => void;
}

/** One page of workloads by the address's filters, patched in place, and the counts by status. */
export function useWorkloads(filters: Filters): WorkloadsView {
  const round = useRound();
  const [rows, setRows] = useState<Rows | null>(null);
  const [page, setPage] = useState<{ next: string | null; total: number | null }>({ next: null, total: null });
  const [problem, setProblem] = useState<unknown>(null);
  const [turn, setTurn] = useState(0);
  const reload = useCallback(() => setTurn((before) => before + 1), []);
  const list = JSON.stringify(listQuery(filters));

  useEffect(() => {
    const abort = new AbortController();
    calls.workloads(JSON.parse(list) as ReturnType<typeof listQuery>, abort.signal).then(
      ({ items, next, total }) => {
        setRows({ ...NO_ROWS, items });
        setPage({ next, total: total ?? null });
        setProblem(null);
      },
      (failure: unknown) => {
        if (!abort.signal.aborted) {
          setProblem(failure);
        }
      },
    );
    return () => abort.abort();
  }, [list, round, turn]);

  useEvents((events) => {
    const patches = ofTopic(events, 'workloads');
    if (patches.length > 0) {
      const first = filters.cursor === '' && filters.sort === NEWEST;
      setRows((before) => before && patchWorkloads(before, patches, (workload) => first && admits(filters, workload), Date.now()));
    }
  });
  useTintEnd(rows, setRows);

  const summary = useSummary(filters, turn);
  return { rows, ...page, summary, problem, reload };
}

/** Takes the tint away when nothing else changes the rows. */
function useTintEnd(rows: Rows | null, set: (change: (rows: Rows | null) => Rows | null) => void): void {
  const tinted = (rows?.changed.size ?? 0) > 0;
  useEffect(() => {
    if (!tinted) {
      return undefined;
    }
    const timer = setTimeout(() => set((before) => before && { ...before, changed: new Map() }), TINT);
    return () => clearTimeout(timer);
  }, [tinted, rows, set]);
}

function useSummary(filters: Filters, turn: number): Summary | null {
  const round = useRound();
  const [summary, setSummary] = useState<Summary | null>(null);
  const [due, setDue] = useState(false);
  const [again, setAgain] = useState(0);
  const query = JSON.stringify(countQuery(filters));

  useEffect(() => {
    const abort = new AbortController();
    calls.summary(JSON.parse(query) as ReturnType<typeof countQuery>, abort.signal).then(setSummary, () => undefined);
    return () => abort.abort();
  }, [query, round, turn, again]);

  useEffect(() => {
    if (!due) {
      return undefined;
    }
    const timer = setTimeout(() => {
      setDue(false);
      setAgain((before) => before + 1);
    }, RECOUNT);
    return () => clearTimeout(timer);
  }, [due]);

  useEvents((events) => {
    if (ofTopic(events, 'workloads').length > 0) {
      setDue(true);
    }
  });
  return summary;
}
