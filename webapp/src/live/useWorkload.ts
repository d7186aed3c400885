import { useEffect, useState } from 'react';
import { calls } from '../api/calls';
import type { Explanation, Workload } from '../api/model';
import { instant } from '../format/time';
import { ofTopic } from './events';
import { isNewer } from './list';
import { useEvents, useRound } from './useLive';

export interface WorkloadView {
  workload: Workload | null;
  explanation: Explanation | null;
  /** When the scheduler's last word came. */
  observedAt: number | null;
  gone: boolean;
  problem: unknown;
  reload: () => void;
}

/** One workload and why it waits, kept fresh by events. */
export function useWorkload(id: string): WorkloadView {
  const round = useRound();
  const [workload, setWorkload] = useState<Workload | null>(null);
  const [answer, setAnswer] = useState<{ explanation: Explanation | null; observedAt: number | null }>({ explanation: null, observedAt: null });
  const [gone, setGone] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const [turn, setTurn] = useState(0);
  const version = workload?.metadata.version ?? 0;

  useEffect(() => {
    const abort = new AbortController();
    calls.workload(id, abort.signal).then(
      (found) => {
        setWorkload(found);
        setProblem(null);
      },
      (failure: unknown) => {
        if (!abort.signal.aborted) {
          setProblem(failure);
        }
      },
    );
    return () => abort.abort();
  }, [id, round, turn]);

  useEffect(() => {
    if (version === 0) {
      return undefined;
    }
    const abort = new AbortController();
    calls.explanation(id, abort.signal).then(
      ({ explanation, observedAt }) => setAnswer({ explanation, observedAt: instant(observedAt) }),
      () => undefined,
    );
    return () => abort.abort();
  }, [id, version]);

  useEvents((events) => {
    const mine = ofTopic(events, 'workloads').find(({ object }) => object.metadata.id === workload?.metadata.id);
    if (mine?.type === 'DELETED') {
      setGone(true);
    } else if (mine !== undefined) {
      setWorkload((before) => (before === null || isNewer(mine.object, before) ? mine.object : before));
    }
  });

  return { workload, ...answer, gone, problem, reload: () => setTurn((before) => before + 1) };
}
