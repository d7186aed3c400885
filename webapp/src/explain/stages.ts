import type { Change, Check, Explanation } from '../api/model';

/** The scheduler's stages in the order in which they are asked. */
export const STAGES = [
  ['gate', 'Admitted'],
  ['limit', 'Limit'],
  ['quota', 'Quota'],
  ['fairShare', 'Fair share'],
  ['placement', 'Fit'],
] as const;

export interface Stage {
  key: string;
  title: string;
  state: 'passed' | 'failed' | 'unreached';
  detail: string;
  /** The first that failed: it is what blocks. */
  blocks: boolean;
}

/** All stages, also those that the scheduler did not come to; stages that this console does not know come last. */
export function stagesOf(explanation: Explanation): Stage[] {
  const first = explanation.checks.find(({ passed }) => !passed);
  const known = STAGES.map(([key, title]) => stageOf(key, title, explanation.checks.find(({ stage }) => stage === key), first));
  const unknown = explanation.checks
    .filter(({ stage }) => !STAGES.some(([key]) => key === stage))
    .map((check) => stageOf(check.stage, check.stage, check, first));
  return [...known, ...unknown];
}

function stageOf(key: string, title: string, check: Check | undefined, first: Check | undefined): Stage {
  if (check === undefined) {
    return { key, title, state: 'unreached', detail: 'not reached', blocks: false };
  }
  return { key, title, state: check.passed ? 'passed' : 'failed', detail: check.detail, blocks: check === first };
}

export interface Remedy {
  change: Change;
  /** `quota` and `limit` are changed on the quota page, everything else by submitting again. */
  kind: 'quota' | 'resubmit';
  to: string;
}

/** Fields of a workload that the submit form knows. */
const FORM_FIELDS: ReadonlySet<string> = new Set([
  'workers',
  'minWorkers',
  'preemptible',
  'nodePool',
  'gpuModels',
  'nodeSelector',
  'resources.gpu.devices',
  'resources.gpu.fractionMilli',
  'resources.gpu.memoryMib',
  'resources.cpuMilli',
  'resources.memoryMib',
]);

/** Where a change is made: the address of the page with the change filled in. */
export function remedyOf(change: Change, workload: { id: string; cluster: string; nodePool: string }): Remedy | null {
  const amount = /^(quota|limit)\.(.+)\.(gpuMilli|cpuMilli|memoryMib)$/.exec(change.field);
  if (amount !== null) {
    const [, field = '', queue = '', unit = ''] = amount;
    const query = new URLSearchParams({ cluster: workload.cluster, pool: workload.nodePool, unit, edit: queue, field, value: change.to });
    return { change, kind: 'quota', to: `/quotas?${query.toString()}` };
  }
  if (FORM_FIELDS.has(change.field)) {
    const query = new URLSearchParams({ from: workload.id, set: change.field, to: change.to });
    return { change, kind: 'resubmit', to: `/workloads/new?${query.toString()}` };
  }
  return null;
}

/** A change in few words: `Use 2 workers instead of 4`. */
export function changeTitle({ field, from, to }: Change, unit: (field: string, value: string) => string): string {
  const amount = /^(quota|limit)\.(.+)\.(\w+)$/.exec(field);
  if (amount !== null) {
    const [, word, queue, dimension = ''] = amount;
    return `Raise ${queue}’s ${word === 'limit' ? 'limit' : 'deserved'} ${unit(dimension, from)} → ${unit(dimension, to)}`;
  }
  switch (field) {
    case 'workers':
      return `Use ${to} workers instead of ${from}`;
    case 'minWorkers':
      return `Make it elastic, at least ${to} of ${from} workers`;
    case 'preemptible':
      return 'Make it preemptible';
    case 'nodePool':
      return `Use node pool ${to}`;
    case 'nodeSelector':
      return 'Drop the node selector';
    case 'gpuModels':
      return `Admit GPUs of ${to.split(',').join(', ')}`;
    default:
      return `Ask ${unit(field.split('.').at(-1) ?? '', to)} instead of ${unit(field.split('.').at(-1) ?? '', from)}`;
  }
}

/** The stage that blocks: the first that did not pass. */
export function blockingStage({ checks }: Explanation): string {
  return checks.find(({ passed }) => !passed)?.stage ?? '';
}

/** Always the last row: what waiting alone does. */
export function waitingSentence(explanation: Explanation, project: string): string {
  const stage = blockingStage(explanation);
  if (explanation.reason === 'NeverFits') {
    return stage === 'limit' || stage === 'quota'
      ? `Waiting alone does not help: it asks for more than ${project} may ever hold.`
      : 'Waiting alone does not help: no node of the pool is large enough, even when it is empty.';
  }
  if (stage === 'limit' || stage === 'quota') {
    return `Waiting alone helps only when ${project} gives back what it holds now.`;
  }
  return explanation.changes.length === 0
    ? 'No small change was found that would start it now; it starts when enough is given back.'
    : 'Without a change it starts when enough is given back.';
}
