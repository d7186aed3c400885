import { useEffect, useRef, useState } from 'react';
import { calls } from '../api/calls';
import { applyNodes, applyWorkloads, mapState, type MapState } from './clusterMap';
import { ofTopic } from './events';
import { useEvents, useRound } from './useLive';

/** The map is read anew now and then, so that nothing that an event could not say stays wrong for long. */
const REREAD = 30_000;
const REREAD_SOON = 3_000;

export interface LiveMap {
  state: MapState | null;
  problem: unknown;
  reload: () => void;
}

/** The map of one cluster, patched by events. */
export function useClusterMap(cluster: { id: string; name: string } | null): LiveMap {
  const round = useRound();
  const [held, setHeld] = useState<{ id: string; state: MapState } | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [turn, setTurn] = useState(0);
  const soon = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const id = cluster?.id;
  const reload = (): void => setTurn((before) => before + 1);

  useEffect(() => {
    if (id === undefined) {
      return undefined;
    }
    const abort = new AbortController();
    calls.map(id, abort.signal).then(
      (map) => {
        setHeld({ id, state: mapState(map) });
        setProblem(null);
      },
      (failure: unknown) => {
        if (!abort.signal.aborted) {
          setProblem(failure);
        }
      },
    );
    const timer = setTimeout(reload, REREAD);
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [id, round, turn]);

  useEffect(() => () => clearTimeout(soon.current), []);

  useEvents((events) => {
    if (cluster === null || held === null || held.id !== cluster.id) {
      return;
    }
    const nodes = applyNodes(held.state, cluster.name, ofTopic(events, 'nodes'));
    const change = applyWorkloads(nodes.state, cluster.name, ofTopic(events, 'workloads'));
    if (change.state !== held.state) {
      setHeld({ id: held.id, state: change.state });
    }
    if (nodes.unsure || change.unsure) {
      soon.current ??= setTimeout(() => {
        soon.current = undefined;
        reload();
      }, REREAD_SOON);
    }
  });

  return { state: held !== null && held.id === id ? held.state : null, problem, reload };
}
