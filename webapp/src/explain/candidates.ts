import type { WorkloadSpec } from '../api/model';
import type { MapState } from '../live/clusterMap';

export type Verdict = 'fits' | 'tooFew' | 'otherModel' | 'notReady';

export interface Candidate {
  node: number;
  verdict: Verdict;
  /** GPUs of which nobody holds a part. */
  free: number;
}

/** Which nodes of the pool have the GPUs for one worker now. By GPUs alone: CPU, memory and labels are not on the map. */
export function candidates(state: MapState, spec: WorkloadSpec): Candidate[] {
  const models = spec.gpuModels ?? [];
  return state.nodes.flatMap((node, index) => {
    if (node.pool !== spec.nodePool) {
      return [];
    }
    const held = heldByGpu(state, index, node.gpuCount);
    const free = held.filter((milli) => milli === 0).length;
    const room = held.filter((milli) => 1000 - milli >= shareOf(spec)).length;
    const verdict: Verdict = !node.ready
      ? 'notReady'
      : models.length > 0 && !models.includes(node.model)
        ? 'otherModel'
        : room >= (spec.resources?.gpu?.devices ?? 0)
          ? 'fits'
          : 'tooFew';
    return [{ node: index, verdict, free }];
  });
}

/** What a worker needs of each of its devices; a memory ask is taken as the smallest part. */
function shareOf(spec: WorkloadSpec): number {
  const gpu = spec.resources?.gpu;
  return gpu?.memoryMib === undefined ? (gpu?.fractionMilli ?? 1000) : 1;
}

function heldByGpu(state: MapState, node: number, gpus: number): number[] {
  const held = Array.from({ length: gpus }, () => 0);
  for (const { gpu, milli } of state.slices[node] ?? []) {
    held[gpu] = (held[gpu] ?? 0) + milli;
  }
  return held;
}
