import { useEffect, useState } from 'react';
import { stream } from '../api/client';
import { append, ENDED, NO_LINES, type Lines } from './lines';

/** Lines asked for at first; what comes later follows. */
const TAIL = 1_000;
/** A page is drawn at most so often. */
const DRAW_MILLIS = 100;

export type LogState = 'reading' | 'following' | 'ended' | 'broken';

export interface LogView {
  lines: Lines;
  state: LogState;
  problem: unknown;
  /** Why the stream ended before the log did. */
  reason: string;
}

const NOTHING: LogView = { lines: NO_LINES, state: 'reading', problem: null, reason: '' };

/** Reads the log of a pod while the page shows it; the server is not read while `paused`. */
export function useLog(workload: string, pod: string, paused: boolean, round: number): LogView {
  const [view, setView] = useState<LogView>(NOTHING);
  useEffect(() => {
    if (paused) {
      return undefined;
    }
    const stop = new AbortController();
    void read(workload, pod, stop.signal, setView);
    return () => stop.abort();
  }, [workload, pod, paused, round]);
  return view;
}

async function read(workload: string, pod: string, signal: AbortSignal, show: (view: LogView) => void): Promise<void> {
  let lines = NO_LINES;
  show(NOTHING);
  try {
    const body = await stream(`/workloads/${encodeURIComponent(workload)}/logs`, { query: { pod, follow: true, tailLines: TAIL }, signal });
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    let drawn = 0;
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      lines = append(lines, next.value);
      const wait = drawn + DRAW_MILLIS - performance.now();
      if (wait > 0) {
        await new Promise((resolve) => setTimeout(resolve, wait));
      }
      drawn = performance.now();
      if (signal.aborted) {
        return;
      }
      show({ lines, state: 'following', problem: null, reason: '' });
    }
    const last = lines.kept.at(-1) ?? '';
    const broken = last.startsWith(ENDED);
    show({
      lines: broken ? { ...lines, kept: lines.kept.slice(0, -1) } : lines,
      state: broken ? 'broken' : 'ended',
      problem: null,
      reason: broken ? last.slice(ENDED.length) : '',
    });
  } catch (problem) {
    if (!signal.aborted) {
      const reason = lines.kept.length === 0 ? '' : 'The connection to the server broke.';
      show({ lines, state: 'broken', problem: lines.kept.length === 0 ? problem : null, reason });
    }
  }
}
