import type { MapState, Slice } from '../live/clusterMap';

/** Neighbouring GPUs of one node that one workload holds: one line and one name under the cells. */
export interface Run {
  from: number;
  to: number;
  slice: Slice | null;
}

/** The runs of a node; a GPU that is shared, or held in part, is a run of its own. */
export function runsOf(state: MapState, node: number): readonly Run[] {
  const gpus = state.nodes[node]?.gpuCount ?? 0;
  const runs: Run[] = [];
  for (let gpu = 0; gpu < gpus; gpu += 1) {
    const slices = (state.slices[node] ?? []).filter((slice) => slice.gpu === gpu);
    const slice = slices[0] ?? null;
    const last = runs.at(-1);
    const whole = slice === null || slice.milli >= 1000;
    const lastWhole = last?.slice === null || (last?.slice?.milli ?? 0) >= 1000;
    if (last !== undefined && last.slice?.holder.id === slice?.holder.id && whole && lastWhole && last.to === gpu - 1) {
      last.to = gpu;
    } else {
      runs.push({ from: gpu, to: gpu, slice });
    }
  }
  return runs;
}
