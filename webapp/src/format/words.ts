/** The statuses of a workload, exactly these, the same in API, CLI and console. */
export const PHASES = [
  'Running',
  'Queued',
  'Starting',
  'Preempted',
  'Suspended',
  'Stopping',
  'Failed',
  'Succeeded',
  'Unknown',
] as const;

export type Phase = (typeof PHASES)[number];

export function phaseOf(word: string | null | undefined): Phase {
  return PHASES.find((phase) => phase === word) ?? 'Unknown';
}

/** Reasons that no waiting cures; written in the colour of danger. */
const GRAVE: ReadonlySet<string> = new Set(['NeverFits', 'ApplyFailed', 'PodFailed', 'ProjectMissing', 'ClusterOffline']);

export function isGrave(reason: string | null | undefined): boolean {
  return reason !== null && reason !== undefined && GRAVE.has(reason);
}

/** `NeverFits` → `Never fits`: the stable word as a person writes it. */
export function reasonWord(reason: string | null | undefined): string {
  if (!reason) {
    return '';
  }
  const words = reason.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Workload phases in which it holds GPUs. */
export function holds(phase: Phase): boolean {
  return phase === 'Running' || phase === 'Starting' || phase === 'Stopping';
}

export function isWaiting(phase: Phase): boolean {
  return phase === 'Queued' || phase === 'Preempted' || phase === 'Suspended';
}

export function isFinal(phase: Phase): boolean {
  return phase === 'Succeeded' || phase === 'Failed';
}

/** Priority classes from high to low, with the word that people read. */
export const PRIORITIES = [
  ['inference', 'Inference'],
  ['build', 'Build'],
  ['interactive-preemptible', 'Interactive'],
  ['train', 'Train'],
] as const;

export function priorityWord(name: string | null | undefined): string {
  return PRIORITIES.find(([value]) => value === name)?.[1] ?? name ?? '–';
}
