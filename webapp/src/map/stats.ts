import type { MapNode, MapState, Slice } from '../live/clusterMap';

export interface Held {
  name: string;
  milli: number;
}

export interface PoolUse {
  name: string;
  nodes: number;
  gpus: number;
  heldMilli: number;
}

/** Everything that the page writes about the map in numbers. */
export interface Stats {
  gpus: number;
  heldMilli: number;
  freeMilli: number;
  /** GPUs of nodes that are not ready and that nobody holds. */
  awayMilli: number;
  nodes: number;
  away: readonly string[];
  /** Nodes of which all GPUs are free. */
  wholeNodes: number;
  /** The largest of them, and how many of that size there are. */
  wholeSize: number;
  wholeLargest: number;
  /** Free, but beside held ones: no use for who needs a whole node. */
  scatteredMilli: number;
  projects: readonly Held[];
  phases: readonly Held[];
  pools: readonly PoolUse[];
}

export function statsOf(state: MapState, shown: (node: MapNode) => boolean): Stats {
  const projects = new Map<string, number>();
  const phases = new Map<string, number>();
  const pools = new Map<string, PoolUse>();
  const whole = new Map<number, number>();
  const away: string[] = [];
  let gpus = 0;
  let held = 0;
  let awayMilli = 0;
  let scattered = 0;
  let nodes = 0;
  state.nodes.forEach((node, index) => {
    if (!shown(node)) {
      return;
    }
    nodes += 1;
    gpus += node.gpuCount;
    const slices = state.slices[index] ?? [];
    let here = 0;
    for (const { milli, holder } of slices) {
      here += milli;
      add(projects, holder.project, milli);
      add(phases, holder.phase, milli);
    }
    held += here;
    const free = node.gpuCount * 1000 - here;
    if (!node.ready) {
      away.push(node.name);
      awayMilli += free;
    } else if (here === 0) {
      add(whole, node.gpuCount, 1);
    } else {
      scattered += free;
    }
    const pool = pools.get(node.pool) ?? { name: node.pool, nodes: 0, gpus: 0, heldMilli: 0 };
    pools.set(node.pool, { ...pool, nodes: pool.nodes + 1, gpus: pool.gpus + node.gpuCount, heldMilli: pool.heldMilli + here });
  });
  const wholeSize = Math.max(0, ...whole.keys());
  return {
    gpus,
    heldMilli: held,
    freeMilli: gpus * 1000 - held - awayMilli,
    awayMilli,
    nodes,
    away,
    wholeNodes: [...whole.values()].reduce((sum, amount) => sum + amount, 0),
    wholeSize,
    wholeLargest: whole.get(wholeSize) ?? 0,
    scatteredMilli: scattered,
    projects: ranked(projects),
    phases: ranked(phases),
    pools: [...pools.values()].toSorted((left, right) => left.name.localeCompare(right.name)),
  };
}

function add<Key>(sums: Map<Key, number>, key: Key, amount: number): void {
  sums.set(key, (sums.get(key) ?? 0) + amount);
}

function ranked(sums: ReadonlyMap<string, number>): Held[] {
  return [...sums]
    .map(([name, milli]) => ({ name, milli }))
    .toSorted((left, right) => right.milli - left.milli || left.name.localeCompare(right.name));
}

/** The slices of one GPU. */
export function slicesOf(state: MapState, node: number, gpu: number): readonly Slice[] {
  return (state.slices[node] ?? []).filter((slice) => slice.gpu === gpu);
}

/** Which slice is under a point of a cell, given as a part of the cell's width; the rest of the cell is free. */
export function sliceAt(slices: readonly Slice[], part: number): Slice | undefined {
  let end = 0;
  return slices.find(({ milli }) => {
    end += milli / 1000;
    return part < end;
  });
}

export interface ModelUse {
  name: string;
  gpus: number;
  freeMilli: number;
}

/** The GPU models of a pool, with what is free of each now on nodes that are ready; most first. */
export function modelsOf(state: MapState, pool: string): ModelUse[] {
  const models = new Map<string, ModelUse>();
  state.nodes.forEach((node, index) => {
    if (node.pool !== pool || node.gpuCount === 0) {
      return;
    }
    const held = (state.slices[index] ?? []).reduce((sum, { milli }) => sum + milli, 0);
    const before = models.get(node.model) ?? { name: node.model, gpus: 0, freeMilli: 0 };
    const freeMilli = before.freeMilli + (node.ready ? node.gpuCount * 1000 - held : 0);
    models.set(node.model, { name: node.model, gpus: before.gpus + node.gpuCount, freeMilli });
  });
  return [...models.values()].toSorted((left, right) => right.gpus - left.gpus || left.name.localeCompare(right.name));
}
