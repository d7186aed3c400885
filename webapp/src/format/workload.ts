import type { Workload, WorkloadSpec } from '../api/model';
import { gpus, gpuShare, NOTHING, plural } from './numbers';
import { instant } from './time';
import { isFinal, isWaiting, phaseOf } from './words';

/** Thousandths of a GPU that one worker asks for; memory asks are not known in thousandths. */
export function workerMilli(spec: WorkloadSpec): number {
  const gpu = spec.resources?.gpu;
  if (gpu === undefined) {
    return 0;
  }
  return gpu.devices * (gpu.fractionMilli ?? 1000);
}

export function askedMilli(spec: WorkloadSpec): number {
  return workerMilli(spec) * spec.workers;
}

/** `4 × 8` for a gang, `½` for a part, `8` for one pod. */
export function asks(spec: WorkloadSpec): string {
  const memory = spec.resources?.gpu?.memoryMib;
  const one = memory === undefined ? gpuShare(workerMilli(spec)) : `${Math.round(memory / 102.4) / 10} GiB`;
  return spec.workers > 1 ? `${spec.workers} × ${one}` : one;
}

/** GPUs in the table's column, as numbers that line up. */
export function gpuColumn(spec: WorkloadSpec): string {
  return spec.resources?.gpu?.memoryMib === undefined ? gpus(askedMilli(spec)) : asks(spec);
}

/** How long it has waited, or waited before it was bound. */
export function waitMillis({ metadata, status }: Workload, now: number): number | null {
  const from = instant(status.queuedAt) ?? instant(metadata.createdAt);
  const until = instant(status.boundAt) ?? instant(status.startedAt);
  const phase = phaseOf(status.phase);
  if (from === null) {
    return null;
  }
  if (isWaiting(phase)) {
    return now - from;
  }
  return until === null ? null : until - from;
}

export function runMillis({ status }: Workload, now: number): number | null {
  const from = instant(status.startedAt);
  if (from === null) {
    return null;
  }
  const phase = phaseOf(status.phase);
  const until = instant(status.finishedAt);
  return isFinal(phase) ? (until === null ? null : until - from) : isWaiting(phase) ? null : now - from;
}

/** The nodes that hold it: the first one, and how many more. */
export function nodeWord({ status }: Workload): string {
  const nodes = [...new Set(status.pods.map(({ node }) => node).filter((node) => node !== null && node !== undefined))];
  const [first] = nodes;
  return first === undefined ? NOTHING : nodes.length === 1 ? first : `${first} +${nodes.length - 1}`;
}

/** What stands behind the status: the scheduler's sentence while it waits, the pods' progress while it runs. */
export function statusNote(workload: Workload): string {
  const { status, spec } = workload;
  const phase = phaseOf(status.phase);
  if (isWaiting(phase) || phase === 'Failed' || phase === 'Unknown') {
    return status.message;
  }
  const running = status.podCounts['Running'] ?? 0;
  if (phase === 'Running' || phase === 'Starting') {
    return `${running}/${plural(spec.workers, 'pod')}`;
  }
  return status.message;
}

/** The message without the reason word that is written before it. */
export function withoutReason(message: string, reason: string): string {
  const start = `${reason}.`;
  const low = message.toLowerCase();
  for (const begin of [start, `${reason}:`, `${reason},`]) {
    if (reason !== '' && low.startsWith(begin.toLowerCase())) {
      return message.slice(begin.length).trim();
    }
  }
  return message;
}
