import type { ClusterMap, ClusterNode, Workload } from '../api/model';
import { holds, phaseOf, type Phase } from '../format/words';
import type { Verb } from './events';

export interface MapNode {
  name: string;
  pool: string;
  model: string;
  gpuCount: number;
  ready: boolean;
}

/** One workload's place on GPUs. */
export interface Holder {
  id: string;
  name: string;
  project: string;
  phase: Phase;
  places: readonly Place[];
}

export interface Place {
  node: number;
  gpu: number;
  milli: number;
}

/** A part of one GPU: who holds it and how much. */
export interface Slice {
  gpu: number;
  milli: number;
  holder: Holder;
}

export interface MapState {
  version: number;
  nodes: readonly MapNode[];
  /** Index of each node by its name. */
  index: ReadonlyMap<string, number>;
  holders: ReadonlyMap<string, Holder>;
  /** For each node the slices of its GPUs, by GPU and then by holder, so that a picture does not jump. */
  slices: readonly (readonly Slice[])[];
}

export function mapState(map: ClusterMap): MapState {
  const nodes = map.nodes.map(([name, pool, model, gpuCount, ready]) => ({ name, pool, model, gpuCount, ready }));
  const holders = new Map(map.holders.map((row) => [row[0], holderOf(row)]));
  const slices: Slice[][] = nodes.map(() => []);
  for (const holder of holders.values()) {
    for (const { node, gpu, milli } of holder.places) {
      slices[node]?.push({ gpu, milli, holder });
    }
  }
  return {
    version: map.version,
    nodes,
    index: new Map(nodes.map((node, index) => [node.name, index])),
    holders,
    slices: slices.map((list) => list.toSorted(byGpu)),
  };
}

function holderOf([id, name, project, phase, places]: ClusterMap['holders'][number]): Holder {
  return {
    id,
    name,
    project,
    phase: phaseOf(phase),
    places: places.map(([node = 0, gpu = 0, milli = 0]) => ({ node, gpu, milli })),
  };
}

export interface MapChange {
  state: MapState;
  /** Nodes that must be painted again. */
  touched: ReadonlySet<number>;
  /** A change could not be followed exactly (more pods than an event lists): read the map again soon. */
  unsure: boolean;
}

/** Follows workloads as they start, move and end. */
export function applyWorkloads(
  state: MapState,
  cluster: string,
  events: readonly { type: Verb; object: Workload }[],
): MapChange {
  const holders = new Map(state.holders);
  const touched = new Set<number>();
  let unsure = false;
  for (const { type, object } of events) {
    const { id, version } = object.metadata;
    if (object.spec.cluster !== cluster || version <= state.version) {
      continue;
    }
    const before = holders.get(id);
    const after = type === 'DELETED' ? undefined : holderIn(object, state.index);
    before?.places.forEach(({ node }) => touched.add(node));
    after?.places.forEach(({ node }) => touched.add(node));
    unsure ||= after !== undefined && listsTooFew(object);
    if (after === undefined) {
      holders.delete(id);
    } else {
      holders.set(id, after);
    }
  }
  return { state: touched.size === 0 ? state : { ...state, holders, slices: reslice(state, holders, touched) }, touched, unsure };
}

/** Follows nodes as they become ready and leave. A node that comes or goes moves the others: then the map is read again. */
export function applyNodes(state: MapState, cluster: string, events: readonly { type: Verb; object: ClusterNode }[]): MapChange {
  const touched = new Set<number>();
  let nodes: MapNode[] | undefined;
  let unsure = false;
  for (const { type, object } of events) {
    if (object.spec.cluster !== cluster || object.metadata.version <= state.version) {
      continue;
    }
    const index = state.index.get(object.metadata.name);
    const before = index === undefined ? undefined : state.nodes[index];
    if (type === 'DELETED' || index === undefined || before === undefined || before.gpuCount !== object.status.gpus.length) {
      unsure = true;
    } else if (before.ready !== object.status.ready || before.pool !== object.status.pool) {
      nodes ??= [...state.nodes];
      nodes[index] = { ...before, ready: object.status.ready, pool: object.status.pool };
      touched.add(index);
    }
  }
  return { state: nodes === undefined ? state : { ...state, nodes }, touched, unsure };
}

function holderIn(workload: Workload, index: ReadonlyMap<string, number>): Holder | undefined {
  const phase = phaseOf(workload.status.phase);
  if (!holds(phase)) {
    return undefined;
  }
  const places: Place[] = [];
  for (const pod of workload.status.pods) {
    const node = pod.node ? index.get(pod.node) : undefined;
    if (node === undefined || pod.phase === 'Succeeded' || pod.phase === 'Failed') {
      continue;
    }
    pod.gpus?.forEach((gpu) => places.push({ node, gpu, milli: pod.gpuMilli ?? 1000 }));
  }
  const { id, name } = workload.metadata;
  return places.length === 0 ? undefined : { id, name, project: workload.spec.project, phase, places };
}

function listsTooFew(workload: Workload): boolean {
  const all = Object.values(workload.status.podCounts).reduce((sum, pods) => sum + pods, 0);
  return all > workload.status.pods.length;
}

function reslice(state: MapState, holders: ReadonlyMap<string, Holder>, touched: ReadonlySet<number>): readonly (readonly Slice[])[] {
  const slices = [...state.slices];
  const fresh = new Map<number, Slice[]>([...touched].map((node) => [node, []]));
  for (const holder of holders.values()) {
    for (const { node, gpu, milli } of holder.places) {
      fresh.get(node)?.push({ gpu, milli, holder });
    }
  }
  fresh.forEach((list, node) => {
    slices[node] = list.toSorted(byGpu);
  });
  return slices;
}

function byGpu(left: Slice, right: Slice): number {
  return left.gpu - right.gpu || (left.holder.id < right.holder.id ? -1 : 1);
}
