import type { Explanation, Pod, Workload } from '../../src/api/model';
import { metadata } from './organisation';

export interface Place {
  node: string;
  gpus: number[];
  milli?: number;
}

export interface Sketch {
  name: string;
  project: string;
  cluster: string;
  phase: string;
  places?: Place[];
  devices?: number;
  fraction?: number;
  workers?: number;
  minutes: number;
  reason?: string;
  message?: string;
  explanation?: Explanation;
  preemptible?: boolean;
  priority?: Workload['spec']['priorityClass'];
  id?: string;
}

/** A workload of the contract out of its few words. */
export function workload(sketch: Sketch): Workload {
  const { name, project, cluster, phase, places = [], minutes, workers = Math.max(1, places.length) } = sketch;
  const submitted = Date.now() - minutes * 60_000;
  const started = phase === 'Running' || phase === 'Succeeded' || phase === 'Failed' ? submitted + 42_000 : null;
  const ended = phase === 'Succeeded' || phase === 'Failed' ? submitted + minutes * 30_000 : null;
  const time = (millis: number | null): string | null => (millis === null ? null : new Date(millis).toISOString());
  const pods: Pod[] = places.map(({ node, gpus, milli = 1000 }, index) => ({
    name: `${name}-${index}`,
    node,
    gpus,
    gpuMilli: milli,
    phase: phase === 'Starting' ? 'Pending' : phase,
    startedAt: time(started),
    finishedAt: time(ended),
  }));
  const devices = sketch.devices ?? places[0]?.gpus.length ?? 1;
  return {
    apiVersion: 'berth.dev/v1',
    kind: 'Workload',
    metadata: metadata(name, sketch.id ?? `w-${cluster}-${name}`, submitted),
    spec: {
      project,
      cluster,
      nodePool: 'default',
      kind: workers > 1 ? 'distributed' : 'training',
      image: `registry.acme.dev/${project}/train:4.2`,
      command: ['python', 'train.py', '--config', `${name}.yaml`],
      workers,
      minWorkers: workers,
      priorityClass: sketch.priority ?? 'train',
      preemptible: sketch.preemptible ?? true,
      resources: { cpuMilli: 8000, memoryMib: 65_536, gpu: sketch.fraction === undefined ? { devices } : { devices, fractionMilli: sketch.fraction } },
    },
    status: {
      phase: phase as Workload['status']['phase'],
      reason: sketch.reason ?? '',
      message: sketch.message ?? '',
      pods,
      podCounts: pods.length === 0 ? {} : { [phase === 'Starting' ? 'Pending' : phase]: pods.length },
      queuedAt: time(submitted),
      boundAt: time(pods.length === 0 ? null : submitted + 38_000),
      startedAt: time(started),
      finishedAt: time(ended),
      observedAt: new Date().toISOString(),
      ...(sketch.explanation === undefined ? {} : { explanation: sketch.explanation }),
    },
  };
}

/** Why vision/big waits, in the words of the scheduler. */
export const BIG: Explanation = {
  reason: 'OverQuota',
  sentence: 'Not preemptible, so it must stay within quota: vision holds 8 GPUs that nobody may take; with 32 GPUs more it would have more than its quota of 24 GPUs.',
  checks: [
    { stage: 'gate', passed: true, detail: 'Project vision is known and all pods exist.' },
    { stage: 'limit', passed: true, detail: 'Within the limit of vision and all above.' },
    { stage: 'quota', passed: false, detail: 'vision holds 8 GPUs that nobody may take; with 32 more it would have more than its quota of 24.' },
  ],
  position: 2,
  waiting: 5,
  changes: [
    { field: 'workers', from: '4', to: '2', sentence: 'With 2 workers instead of 4 it starts now.' },
    { field: 'preemptible', from: 'false', to: 'true', sentence: 'As a preemptible workload it may go over quota.' },
    { field: 'quota.vision.gpuMilli', from: '24000', to: '40000', sentence: 'With a quota of 40 GPUs for vision it starts now.' },
  ],
};

export const NEVER: Explanation = {
  reason: 'NeverFits',
  sentence: 'No node of pool default has 64 GPUs, even when it is empty; the largest has 8.',
  checks: [
    { stage: 'gate', passed: true, detail: 'Project sandbox is known and all pods exist.' },
    { stage: 'limit', passed: true, detail: 'Within the limit of sandbox and all above.' },
    { stage: 'quota', passed: true, detail: 'Preemptible: it may go over quota.' },
    { stage: 'fairShare', passed: true, detail: 'Now sandbox holds 0 GPUs, its fair share is 18 GPUs.' },
    { stage: 'placement', passed: false, detail: '12 nodes: 12 have too few GPUs.' },
  ],
  position: 0,
  waiting: 5,
  changes: [{ field: 'resources.gpu.devices', from: '64', to: '8', sentence: 'With 8 instead of 64 GPUs a pod it starts now.' }],
};
