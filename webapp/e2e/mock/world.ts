import type { Cluster, ClusterMap, Department, PoolUsage, Project, Workload } from '../../src/api/model';
import { askedMilli } from '../../src/format/workload';
import { cluster, departments, newest, nextVersion, projects, SHARES } from './organisation';
import { BIG, NEVER, workload, type Sketch } from './workloads';

interface MockNode {
  name: string;
  model: string;
  gpus: number;
  ready: boolean;
}

export interface World {
  departments: Department[];
  projects: Project[];
  clusters: Cluster[];
  workloads: Map<string, Workload>;
  nodes: Map<string, MockNode[]>;
}

const all = (count: number): number[] => Array.from({ length: count }, (_, gpu) => gpu);
const two = (value: number): string => String(value).padStart(2, '0');
const on = (node: number, gpus: number[], milli = 1000): NonNullable<Sketch['places']>[number] => ({ node: `b-${two(node)}`, gpus, milli });

/** The moment of the design's pictures on borealis. */
const SKETCHES: readonly Omit<Sketch, 'cluster'>[] = [
  { name: 'pretrain-xl', project: 'nlp', phase: 'Running', places: [on(1, all(8)), on(5, all(8))], minutes: 840 },
  { name: 'llm-9', project: 'nlp', phase: 'Running', places: [on(2, all(8))], minutes: 358 },
  { name: 'llm-7', project: 'nlp', phase: 'Running', places: [on(10, all(8))], minutes: 381 },
  { name: 'llm-8', project: 'nlp', phase: 'Running', places: [on(8, all(8))], minutes: 690 },
  { name: 'asr-dev', project: 'speech', phase: 'Running', places: [on(4, [0], 500)], fraction: 500, minutes: 201, priority: 'build' },
  { name: 'nb-alice', project: 'vision', phase: 'Running', places: [on(4, [0], 500)], fraction: 500, minutes: 310, priority: 'build' },
  { name: 'nb-kim', project: 'speech', phase: 'Running', places: [on(4, [1], 500)], fraction: 500, minutes: 95, priority: 'build' },
  { name: 'sweep-12', project: 'vision', phase: 'Running', places: [on(4, [1], 500)], fraction: 500, minutes: 48 },
  { name: 'asr-large', project: 'speech', phase: 'Running', places: [on(4, [2, 3, 4, 5])], minutes: 423 },
  { name: 'tts-2', project: 'speech', phase: 'Running', places: [on(4, [6, 7])], minutes: 112 },
  { name: 'train-7', project: 'vision', phase: 'Running', places: [on(6, all(6))], minutes: 192 },
  { name: 'rlhf-1', project: 'nlp', phase: 'Starting', places: [on(6, [6, 7])], minutes: 2 },
  { name: 'serve', project: 'nlp', phase: 'Running', places: [on(7, [0, 1, 2, 3])], minutes: 137, priority: 'inference', preemptible: false },
  { name: 'eval-2', project: 'nlp', phase: 'Running', places: [on(7, [4, 5])], minutes: 38 },
  { name: 'hello', project: 'vision', phase: 'Running', places: [on(7, [6])], minutes: 3 },
  { name: 'ctr-train', project: 'recsys', phase: 'Running', places: [on(11, [0, 1, 2, 3])], minutes: 276 },
  { name: 'embed-batch', project: 'search', phase: 'Starting', places: [on(11, [4, 5, 6, 7])], minutes: 1 },
  { name: 'ranker', project: 'recsys', phase: 'Running', places: [on(12, [0, 1, 2, 3])], minutes: 66 },
  { name: 'rerank', project: 'search', phase: 'Running', places: [on(12, [4, 5])], minutes: 108 },
  { name: 'big', project: 'vision', phase: 'Queued', workers: 4, devices: 8, minutes: 12, reason: 'OverQuota', message: BIG.sentence, explanation: BIG, preemptible: false, priority: 'build' },
  { name: 'llm-5', project: 'nlp', phase: 'Preempted', workers: 2, devices: 8, minutes: 40, reason: 'OverLimit', message: 'nlp holds 48 GPUs; with 16 GPUs more it would have more than its limit of 48 GPUs.' },
  { name: 'index-v4', project: 'search', phase: 'Queued', workers: 2, devices: 8, minutes: 25, reason: 'GangIncomplete', message: '1 of 2 pods would find a node now; they start together or not at all.' },
  { name: 'eval-3', project: 'vision', phase: 'Queued', devices: 4, minutes: 6, reason: 'NoFit', message: 'No node of pool default has 4 GPUs free together.' },
  { name: 'big-64', project: 'sandbox', phase: 'Queued', devices: 64, minutes: 80, reason: 'NeverFits', message: NEVER.sentence, explanation: NEVER },
  { name: 'old-run', project: 'ads', phase: 'Failed', devices: 1, minutes: 300, reason: 'PodFailed', message: 'Pod old-run-0 ended with exit code 137.' },
  { name: 'nightly', project: 'recsys', phase: 'Succeeded', devices: 2, minutes: 700 },
];

export function world(): World {
  const made: World = { departments: departments(), projects: projects(), clusters: [], workloads: new Map(), nodes: new Map() };
  const borealis = Array.from({ length: 12 }, (_, index) => ({ name: `b-${two(index + 1)}`, model: 'A100-80G', gpus: 8, ready: true }));
  made.nodes.set('borealis', borealis);
  made.nodes.set('openb', openb());
  made.clusters.push(cluster('borealis', 'Connected', 12, 96), cluster('openb', 'Connected', 1213, 6212), cluster('lab', 'Disconnected', 0, 0), cluster('edge', 'Waiting', 0, 0));
  for (const sketch of SKETCHES) {
    add(made, workload({ ...sketch, cluster: 'borealis' }));
  }
  fill(made);
  count(made);
  return made;
}

/** Where nothing was made yet. */
export function emptyWorld(): World {
  return { departments: [], projects: [], clusters: [], workloads: new Map(), nodes: new Map() };
}

/** 1,213 nodes with 6,212 GPUs, as many as in the public trace. */
function openb(): MockNode[] {
  const sizes = [...Array.from({ length: 440 }, () => 8), ...Array.from({ length: 573 }, () => 4), ...Array.from({ length: 200 }, () => 2)];
  return sizes.map((gpus, index) => ({ name: `o-${String(index).padStart(4, '0')}`, model: gpus === 8 ? 'V100M32' : gpus === 4 ? 'P100' : 'T4', gpus, ready: index % 397 !== 5 }));
}

function fill(made: World): void {
  const random = seeded(7);
  for (const [index, node] of (made.nodes.get('openb') ?? []).entries()) {
    for (let gpu = 0; gpu < node.gpus; ) {
      const kind = random();
      const project = SHARES[Math.floor(random() * random() * SHARES.length)]?.name ?? 'nlp';
      const size = node.gpus === 8 && kind < 0.5 ? 8 - gpu : Math.min(node.gpus - gpu, 1 + Math.floor(random() * 2));
      if (kind > 0.9 || !node.ready) {
        gpu += size;
        continue;
      }
      const gpus = all(size).map((offset) => gpu + offset);
      const phase = random() < 0.06 ? 'Starting' : 'Running';
      const sketch = { project, cluster: 'openb', phase, minutes: 30 + Math.floor(random() * 3000) };
      const halves = kind > 0.72 && size === 1 ? 2 : 1;
      for (let half = 0; half < halves; half += 1) {
        add(made, workload({ ...sketch, name: `t-${index}-${gpu}-${half}`, places: [{ node: node.name, gpus, milli: 1000 / halves }], ...(halves === 2 ? { fraction: 500 } : {}) }));
      }
      gpu += size;
    }
  }
}

export function add(made: World, it: Workload): void {
  made.workloads.set(it.metadata.id, it);
}

function held(workloads: readonly Workload[]): number {
  return workloads.flatMap(({ status }) => status.pods).reduce((sum, pod) => sum + (pod.gpuMilli ?? 0) * (pod.gpus?.length ?? 0), 0);
}

/** What workloads hold and ask for in each pool of each cluster; what asks most comes first. */
function placesOf(workloads: readonly Workload[]): PoolUsage[] {
  const places = new Map<string, Workload[]>();
  for (const it of workloads) {
    const place = `${it.spec.cluster} ${it.spec.nodePool}`;
    places.set(place, [...(places.get(place) ?? []), it]);
  }
  return [...places.values()]
    .map((mine) => {
      const waiting = mine.filter(({ status }) => status.pods.length === 0);
      const asked = waiting.reduce((sum, { spec }) => sum + askedMilli(spec), 0);
      const { cluster: name = '', nodePool = '' } = mine[0]?.spec ?? {};
      return { cluster: name, nodePool, allocatedGpuMilli: held(mine), requestedGpuMilli: held(mine) + asked, running: mine.length - waiting.length, queued: waiting.length };
    })
    .toSorted((left, right) => right.requestedGpuMilli - left.requestedGpuMilli);
}

function together(usage: PoolUsage[]): Project['status'] {
  const sum = (of: 'allocatedGpuMilli' | 'requestedGpuMilli' | 'running' | 'queued'): number => usage.reduce((total, place) => total + place[of], 0);
  return { allocatedGpuMilli: sum('allocatedGpuMilli'), requestedGpuMilli: sum('requestedGpuMilli'), running: sum('running'), queued: sum('queued'), usage };
}

/** Brings the sums of projects and clusters up to date. */
export function count(made: World): void {
  const open = [...made.workloads.values()].filter(({ status }) => ['Running', 'Starting', 'Queued', 'Preempted'].includes(status.phase));
  for (const project of made.projects) {
    project.status = together(placesOf(open.filter(({ spec }) => spec.project === project.metadata.name)));
  }
  for (const department of made.departments) {
    const mine = open.filter(({ spec }) => made.projects.some((project) => project.metadata.name === spec.project && project.spec.department === department.metadata.name));
    department.status = together(placesOf(mine));
  }
  for (const it of made.clusters) {
    it.status.allocatedGpuMilli = held(open.filter(({ spec }) => spec.cluster === it.metadata.name));
  }
}

export function mapOf(made: World, name: string): ClusterMap {
  const nodes = made.nodes.get(name) ?? [];
  const index = new Map(nodes.map((node, place) => [node.name, place]));
  const holding = [...made.workloads.values()].filter(({ spec, status }) => spec.cluster === name && status.pods.length > 0 && ['Running', 'Starting'].includes(status.phase));
  return {
    version: newest(),
    nodes: nodes.map((node) => [node.name, 'default', node.model, node.gpus, node.ready]),
    holders: holding.map(({ metadata, spec, status }) => [
      metadata.id,
      metadata.name,
      spec.project,
      status.phase,
      status.pods.flatMap((pod) => (pod.gpus ?? []).map((gpu) => [index.get(pod.node ?? '') ?? 0, gpu, pod.gpuMilli ?? 1000])),
    ]),
  };
}

/** A change of a workload: a newer version of it. */
export function touch(it: Workload, status: Partial<Workload['status']>): Workload {
  return { ...it, metadata: { ...it.metadata, version: nextVersion() }, status: { ...it.status, ...status } };
}

export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}
