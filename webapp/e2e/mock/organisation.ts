import type { Cluster, Department, Metadata, PoolQuota, Project } from '../../src/api/model';

let version = 1000;

export function nextVersion(): number {
  version += 1;
  return version;
}

export function newest(): number {
  return version;
}

export function metadata(name: string, id = `id-${name}`, createdAt = Date.now() - 86_400_000): Metadata {
  const now = nextVersion();
  return { id, name, labels: {}, createdAt: new Date(createdAt).toISOString(), updatedAt: new Date().toISOString(), version: now, etag: `"${now}"` };
}

export interface Share {
  name: string;
  department: string;
  deserved: number;
  limit: number;
}

export const DEPARTMENTS: readonly (readonly [string, number])[] = [
  ['platform', 0],
  ['products', 32],
  ['research', 64],
];

/** The projects of the design's pictures, with what they deserve on borealis. */
export const SHARES: readonly Share[] = [
  { name: 'vision', department: 'research', deserved: 24, limit: -1 },
  { name: 'nlp', department: 'research', deserved: 32, limit: 48 },
  { name: 'speech', department: 'research', deserved: 8, limit: -1 },
  { name: 'recsys', department: 'products', deserved: 16, limit: -1 },
  { name: 'search', department: 'products', deserved: 16, limit: -1 },
  { name: 'ads', department: 'products', deserved: 0, limit: -1 },
  { name: 'robotics', department: 'platform', deserved: 0, limit: -1 },
  { name: 'sim', department: 'platform', deserved: 0, limit: -1 },
  { name: 'bio', department: 'platform', deserved: 0, limit: -1 },
  { name: 'sandbox', department: 'platform', deserved: 0, limit: 4 },
];

function quota(deserved: number, limit: number): PoolQuota {
  return {
    cluster: 'borealis',
    nodePool: 'default',
    priority: 100,
    gpuMilli: { quota: deserved * 1000, limit: limit < 0 ? -1 : limit * 1000, overQuotaWeight: deserved > 16 ? 2 : 1 },
  };
}

const NO_USE = { allocatedGpuMilli: 0, requestedGpuMilli: 0, running: 0, queued: 0, usage: [] };

export function departments(): Department[] {
  return DEPARTMENTS.map(([name, deserved]) => ({
    apiVersion: 'berth.dev/v1',
    kind: 'Department',
    metadata: metadata(name),
    spec: { priority: 100, quotas: [quota(deserved, -1)] },
    status: { ...NO_USE },
  }));
}

export function projects(): Project[] {
  return SHARES.map(({ name, department, deserved, limit }) => ({
    apiVersion: 'berth.dev/v1',
    kind: 'Project',
    metadata: metadata(name),
    spec: { department, priority: 100, quotas: [quota(deserved, limit)] },
    status: { ...NO_USE },
  }));
}

export function cluster(name: string, state: Cluster['status']['state'], nodes: number, gpus: number): Cluster {
  return {
    apiVersion: 'berth.dev/v1',
    kind: 'Cluster',
    metadata: metadata(name),
    spec: {},
    status: {
      state,
      nodes,
      gpus,
      allocatedGpuMilli: 0,
      version: state === 'Waiting' ? '' : '0.1.0',
      lastSeenAt: state === 'Waiting' ? null : new Date(Date.now() - (state === 'Connected' ? 2_000 : 840_000)).toISOString(),
    },
  };
}
