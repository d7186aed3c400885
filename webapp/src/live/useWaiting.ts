import { useEffect, useState } from 'react';
import { calls } from '../api/calls';
import type { Workload } from '../api/model';
import { ofTopic } from './events';
import { patchRows } from './list';
import { useEvents, useRound } from './useLive';

const SHOWN = 6;
const REREAD = 3_000;

export interface Waiting {
  items: readonly Workload[];
  total: number;
}

/** The first of those who wait in a cluster; read anew at most every three seconds while workloads change. */
export function useWaiting(cluster: string, pool: string, project: string): Waiting {
  const round = useRound();
  const [waiting, setWaiting] = useState<Waiting>({ items: [], total: 0 });
  const [turn, setTurn] = useState(0);
  const [due, setDue] = useState(false);

  useEffect(() => {
    const abort = new AbortController();
    const query = { status: 'Queued,Preempted', cluster, pool, project, limit: SHOWN, sort: 'createdAt', total: true };
    calls.workloads(query, abort.signal).then(
      ({ items, total }) => setWaiting({ items, total: total ?? items.length }),
      () => undefined,
    );
    return () => abort.abort();
  }, [cluster, pool, project, round, turn]);

  useEffect(() => {
    if (!due) {
      return undefined;
    }
    const timer = setTimeout(() => {
      setDue(false);
      setTurn((before) => before + 1);
    }, REREAD);
    return () => clearTimeout(timer);
  }, [due]);

  useEvents((events) => {
    const patches = ofTopic(events, 'workloads');
    if (patches.length > 0) {
      setDue(true);
      setWaiting((before) => ({ ...before, items: patchRows(before.items, patches) }));
    }
  });
  return waiting;
}
