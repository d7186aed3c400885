import type { Explanation, Workload } from '../../src/api/model';
import { askedMilli } from '../../src/format/workload';
import { quotaIn, usageIn } from '../../src/quotas/tree';
import type { MockServer } from './server';
import { add, count, touch } from './world';

/** Decides a moment later on what was submitted in the test: only limits are known, and there is always room. */
export function settleSoon(mock: MockServer): void {
  if (!mock.deaf) {
    setTimeout(() => settle(mock), 400);
  }
}

function settle(mock: MockServer): void {
  for (const it of mock.world.workloads.values()) {
    if (it.metadata.id.startsWith('w-new-') && it.status.phase === 'Queued') {
      const next = decided(mock, it);
      if (next !== null) {
        add(mock.world, next);
        count(mock.world);
        mock.send([{ topic: 'workloads', type: 'MODIFIED', object: next }]);
      }
    }
  }
}

function decided(mock: MockServer, it: Workload): Workload | null {
  const project = mock.world.projects.find(({ metadata }) => metadata.name === it.spec.project);
  const limit = quotaIn(project?.spec.quotas, it.spec.cluster, it.spec.nodePool)?.gpuMilli?.limit ?? -1;
  const wanted = usageIn(project?.status.usage, it.spec.cluster, it.spec.nodePool).held + askedMilli(it.spec);
  if (limit < 0 || wanted > limit) {
    return limit < 0 ? null : touch(it, { reason: 'OverLimit', message: overLimit(it, limit, wanted).sentence, explanation: overLimit(it, limit, wanted) });
  }
  const pods = Array.from({ length: it.spec.workers }, (_, index) => ({ name: `${it.metadata.name}-${index}`, node: 'b-03', gpus: [index], gpuMilli: 1000, phase: 'Running', startedAt: new Date().toISOString() }));
  return touch(it, { phase: 'Running', reason: '', message: '', pods, podCounts: { Running: pods.length }, startedAt: new Date().toISOString() });
}

function overLimit(it: Workload, limit: number, wanted: number): Explanation {
  const name = it.spec.project;
  const sentence = `${name} may hold ${limit / 1000} GPUs; with ${askedMilli(it.spec) / 1000} more it would have more than its limit of ${limit / 1000}.`;
  return {
    reason: 'OverLimit',
    sentence,
    checks: [
      { stage: 'gate', passed: true, detail: `Project ${name} is known and all pods exist.` },
      { stage: 'limit', passed: false, detail: sentence },
    ],
    position: 1,
    waiting: 1,
    changes: [{ field: `limit.${name}.gpuMilli`, from: String(limit), to: String(wanted), sentence: `With a limit of ${wanted / 1000} GPUs for ${name} it starts now.` }],
  };
}
