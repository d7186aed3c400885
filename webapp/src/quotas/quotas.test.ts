import { describe, expect, it } from 'vitest';
import type { Department, PoolQuota, Project } from '../api/model';
import { changeTitle, remedyOf, stagesOf } from '../explain/stages';
import { valueOf } from '../explain/units';
import { parseAmount, siblingWarning } from './edit';
import { amountOf, axisEnd, balance, quotaIn, treeOf, withAmount } from './tree';

const metadata = (name: string): Project['metadata'] => ({ id: name, name, labels: {}, createdAt: '', updatedAt: '', version: 1, etag: '"1"' });
const quota = (gpus: number, limit = -1): PoolQuota => ({ cluster: 'c', nodePool: 'default', priority: 100, gpuMilli: { quota: gpus * 1000, limit, overQuotaWeight: 1 } });
const project = (name: string, department: string, gpus: number, held = 0): Project => ({
  apiVersion: 'berth.dev/v1',
  kind: 'Project',
  metadata: metadata(name),
  spec: { department, priority: 100, quotas: [quota(gpus)] },
  status: {
    allocatedGpuMilli: held * 1000,
    requestedGpuMilli: 640_000,
    running: 0,
    queued: 0,
    usage: [
      { cluster: 'd', nodePool: 'default', allocatedGpuMilli: 0, requestedGpuMilli: 600_000, running: 0, queued: 9 },
      { cluster: 'c', nodePool: 'default', allocatedGpuMilli: held * 1000, requestedGpuMilli: 40_000, running: 1, queued: 1 },
    ],
  },
});
const department = (name: string, gpus: number): Department => ({
  apiVersion: 'berth.dev/v1',
  kind: 'Department',
  metadata: metadata(name),
  spec: { priority: 100, quotas: [quota(gpus)] },
  status: { allocatedGpuMilli: 0, requestedGpuMilli: 0, running: 0, queued: 0, usage: [] },
});

const view = { cluster: 'c', pool: 'default', unit: 'gpuMilli' as const };
const projects = [project('vision', 'research', 24), project('nlp', 'research', 32, 48), project('lost', 'gone', 1)];

describe('the quota tree', () => {
  const tree = treeOf([department('research', 64)], projects, view);

  it('sums what projects hold, and keeps those without a department', () => {
    expect(tree.map(({ title, held, children }) => [title, held, children.length])).toEqual([
      ['research', 48_000, 2],
      ['No department', 0, 1],
    ]);
    expect(axisEnd(tree)).toBeGreaterThanOrEqual(80_000);
  });

  it('takes what is held and asked on the cluster and pool that are shown, and nothing from elsewhere', () => {
    const sums = (cluster: string, pool: string): (readonly [number, number])[] =>
      treeOf([department('research', 64)], projects, { ...view, cluster, pool }).map(({ held, asked }) => [held, asked]);
    expect(sums('c', 'default')).toEqual([
      [48_000, 80_000],
      [0, 40_000],
    ]);
    expect(sums('d', 'default')[0]).toEqual([0, 1_200_000]);
    for (const [cluster, pool] of [['idle', 'default'], ['c', 'a100']] as const) {
      expect(sums(cluster, pool)).toEqual([
        [0, 0],
        [0, 0],
      ]);
    }
  });

  it('says what is over and what is unused', () => {
    const [vision, nlp] = tree[0]?.children ?? [];
    expect(nlp && balance(nlp)).toEqual({ text: 'over', milli: 16_000, atLimit: false });
    expect(vision && balance(vision).text).toBe('none');
    expect(vision && balance({ ...vision, asked: 0 })).toMatchObject({ text: 'unused', milli: 24_000 });
  });

  it('knows what absent amounts mean, and prefers the cluster’s own', () => {
    expect(amountOf(undefined, 'gpuMilli')).toEqual({ quota: 0, limit: -1, overQuotaWeight: 1 });
    expect(amountOf(undefined, 'cpuMilli').quota).toBe(-1);
    const everywhere: PoolQuota = { nodePool: 'default', priority: 1 };
    expect(quotaIn([everywhere, quota(1)], 'c', 'default')?.priority).toBe(100);
    expect(quotaIn([everywhere], 'c', 'default')?.priority).toBe(1);
    expect(quotaIn([quota(1)], 'd', 'default')).toBeUndefined();
  });

  it('changes one amount and leaves the rest', () => {
    const edit = { quota: 40_000, limit: -1, overQuotaWeight: 2 };
    const other = { ...quota(9), cluster: 'd' };
    expect(withAmount([other, quota(24)], 'c', 'default', 'gpuMilli', edit)).toEqual([other, { ...quota(24), gpuMilli: edit }]);
    expect(withAmount(undefined, 'c', 'default', 'gpuMilli', edit)).toHaveLength(1);
  });

  it('reads amounts and warns of departments that deserve less than their projects', () => {
    expect(['40', '1,000', 'unlimited', '', '-3', 'x'].map(parseAmount)).toEqual([40, 1000, -1, -1, null, null]);
    const vision = tree[0]?.children[0];
    expect(vision && siblingWarning(vision, 40_000, projects, [department('research', 64)], view)).toBe('The projects of research would deserve 72 of its 64 GPUs.');
    expect(vision && siblingWarning(vision, 24_000, projects, [department('research', 64)], view)).toBeNull();
  });
});

describe('the explanation', () => {
  const checks = [
    { stage: 'gate', passed: true, detail: '' },
    { stage: 'limit', passed: false, detail: 'no' },
    { stage: 'new', passed: false, detail: 'later' },
  ];

  it('lists all stages, and marks the first that says no', () => {
    const stages = stagesOf({ reason: '', sentence: '', checks, position: 0, waiting: 0, changes: [] });
    expect(stages.map(({ key, state, blocks }) => [key, state, blocks])).toEqual([
      ['gate', 'passed', false],
      ['limit', 'failed', true],
      ['quota', 'unreached', false],
      ['fairShare', 'unreached', false],
      ['placement', 'unreached', false],
      ['new', 'failed', false],
    ]);
  });

  it('leads to where a change is made', () => {
    const place = { id: 'w', cluster: 'c', nodePool: 'default' };
    const limit = { field: 'limit.sandbox.gpuMilli', from: '4000', to: '6000', sentence: '' };
    expect(remedyOf(limit, place)?.to).toBe('/quotas?cluster=c&pool=default&unit=gpuMilli&edit=sandbox&field=limit&value=6000');
    expect(changeTitle(limit, valueOf)).toBe('Raise sandbox’s limit 4 GPU → 6 GPU');
    const workers = { field: 'workers', from: '4', to: '2', sentence: '' };
    expect(remedyOf(workers, place)?.to).toBe('/workloads/new?from=w&set=workers&to=2');
    expect(changeTitle(workers, valueOf)).toBe('Use 2 workers instead of 4');
    expect(changeTitle({ field: 'resources.memoryMib', from: '4096', to: '2048', sentence: '' }, valueOf)).toBe('Ask 2 GiB instead of 4 GiB');
    expect(remedyOf({ field: 'moon', from: '', to: '', sentence: '' }, place)).toBeNull();
  });
});
