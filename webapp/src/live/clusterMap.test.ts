import { describe, expect, it } from 'vitest';
import type { ClusterMap, Workload } from '../api/model';
import { fittingCell, groups, layoutOf, neighbour, nodeRect, spotAt } from '../map/layout';
import { sliceAt, slicesOf, statsOf } from '../map/stats';
import { runsOf } from '../map/tiles';
import { stepInTiles } from '../map/keys';
import { applyNodes, applyWorkloads, mapState } from './clusterMap';

const MAP: ClusterMap = {
  version: 10,
  nodes: [
    ['n0', 'default', 'A', 8, true],
    ['n1', 'default', 'A', 8, true],
    ['n2', 'default', 'B', 2, false],
  ],
  holders: [
    ['w1', 'one', 'p', 'Running', [[0, 0, 1000], [0, 1, 1000]]],
    ['w2', 'two', 'q', 'Running', [[0, 2, 500]]],
    ['w3', 'three', 'p', 'Starting', [[0, 2, 250]]],
  ],
};

function moved(id: string, version: number, phase: string, pods: { node: string; gpus: number[]; milli?: number }[]): Workload {
  return {
    apiVersion: 'berth.dev/v1',
    kind: 'Workload',
    metadata: { id, name: id, labels: {}, createdAt: '', updatedAt: '', version, etag: '' },
    spec: { project: 'p', cluster: 'c', nodePool: 'default', kind: 'training', image: '', workers: 1, priorityClass: 'train' },
    status: {
      phase: phase as Workload['status']['phase'],
      reason: '',
      message: '',
      pods: pods.map(({ node, gpus, milli = 1000 }, index) => ({ name: `${id}-${index}`, node, gpus, gpuMilli: milli, phase })),
      podCounts: pods.length === 0 ? {} : { [phase]: pods.length },
    },
  };
}

const everything = (): boolean => true;

describe('the map', () => {
  const state = mapState(MAP);

  it('counts what is held, free, away and scattered', () => {
    const stats = statsOf(state, everything);
    expect(stats).toMatchObject({ gpus: 18, heldMilli: 2750, awayMilli: 2000, freeMilli: 13_250, wholeNodes: 1, wholeSize: 8, wholeLargest: 1, scatteredMilli: 5250, away: ['n2'] });
    expect(stats.projects).toEqual([
      { name: 'p', milli: 2250 },
      { name: 'q', milli: 500 },
    ]);
  });

  it('follows a workload that starts, moves and ends, and leaves untouched nodes as they are', () => {
    const start = applyWorkloads(state, 'c', [{ type: 'MODIFIED', object: moved('w4', 11, 'Running', [{ node: 'n1', gpus: [0, 1] }]) }]);
    expect([...start.touched]).toEqual([1]);
    expect(start.state.slices[0]).toBe(state.slices[0]);
    expect(slicesOf(start.state, 1, 1)).toMatchObject([{ milli: 1000, holder: { id: 'w4' } }]);
    const end = applyWorkloads(start.state, 'c', [{ type: 'MODIFIED', object: moved('w4', 12, 'Succeeded', [{ node: 'n1', gpus: [0, 1] }]) }]);
    expect(end.state.slices[1]).toEqual([]);
    const gone = applyWorkloads(end.state, 'c', [{ type: 'DELETED', object: moved('w1', 13, 'Running', []) }]);
    expect(slicesOf(gone.state, 0, 0)).toEqual([]);
  });

  it('ignores what is older than it, and what is of another cluster', () => {
    const old = applyWorkloads(state, 'c', [{ type: 'MODIFIED', object: moved('w1', 10, 'Succeeded', []) }]);
    expect(old.state).toBe(state);
    expect(applyWorkloads(state, 'd', [{ type: 'MODIFIED', object: moved('w1', 20, 'Succeeded', []) }]).state).toBe(state);
  });

  it('knows when an event does not list all pods', () => {
    const many = moved('w9', 20, 'Running', [{ node: 'n1', gpus: [3] }]);
    many.status.podCounts = { Running: 90 };
    expect(applyWorkloads(state, 'c', [{ type: 'MODIFIED', object: many }]).unsure).toBe(true);
  });

  it('follows nodes, and asks to be read again when one comes', () => {
    const node = (name: string, ready: boolean, gpus: number): Parameters<typeof applyNodes>[2][number] => ({
      type: 'MODIFIED',
      object: {
        apiVersion: 'berth.dev/v1',
        kind: 'Node',
        metadata: { id: name, name, labels: {}, createdAt: '', updatedAt: '', version: 30, etag: '' },
        spec: { cluster: 'c' },
        status: { ready, pool: 'default', gpuModel: 'A', gpuMemoryMib: 0, gpus: Array.from({ length: gpus }, (_, index) => ({ index, allocatedMilli: 0, holders: [] })), allocatable: {}, allocated: {} },
      },
    });
    expect(applyNodes(state, 'c', [node('n0', false, 8)]).state.nodes[0]?.ready).toBe(false);
    expect(applyNodes(state, 'c', [node('n7', true, 8)]).unsure).toBe(true);
    expect(applyNodes(state, 'c', [node('n0', true, 8)]).state).toBe(state);
  });

  it('finds the slice under a part of a cell', () => {
    const slices = slicesOf(state, 0, 2);
    expect(sliceAt(slices, 0.1)?.holder.id).toBe('w2');
    expect(sliceAt(slices, 0.6)?.holder.id).toBe('w3');
    expect(sliceAt(slices, 0.9)).toBeUndefined();
  });

  it('names runs of GPUs', () => {
    expect(runsOf(state, 0).map(({ from, to, slice }) => [from, to, slice?.holder.name ?? null])).toEqual([
      [0, 1, 'one'],
      [2, 2, 'two'],
      [3, 7, null],
    ]);
  });
});

describe('the dense layout', () => {
  const state = mapState(MAP);
  const all = groups(state.nodes, everything);
  const layout = layoutOf(state.nodes, all, 400, 7);

  it('finds every GPU again at the middle of its cell', () => {
    for (const [node, { gpuCount }] of state.nodes.entries()) {
      for (let gpu = 0; gpu < gpuCount; gpu += 1) {
        const rect = nodeRect(layout, node);
        const columns = Math.ceil(gpuCount / 2);
        const x = (rect?.x ?? 0) + (gpu % columns) * 8 + 3;
        const y = (rect?.y ?? 0) + Math.floor(gpu / columns) * 8 + 3;
        expect(spotAt(layout, state.nodes, x, y)).toEqual({ node, gpu });
      }
    }
    expect(spotAt(layout, state.nodes, 399, layout.height + 50)).toBeNull();
  });

  it('moves the cursor along the picture', () => {
    expect(neighbour(layout, state.nodes, { node: 0, gpu: 3 }, 'ArrowRight')).toEqual({ node: 1, gpu: 0 });
    expect(neighbour(layout, state.nodes, { node: 0, gpu: 0 }, 'ArrowDown')).toEqual({ node: 0, gpu: 4 });
    expect(neighbour(layout, state.nodes, { node: 0, gpu: 4 }, 'ArrowDown').node).toBe(2);
    expect(neighbour(layout, state.nodes, { node: 0, gpu: 0 }, 'ArrowLeft')).toEqual({ node: 0, gpu: 0 });
  });

  it('takes the largest cell that fits', () => {
    expect(fittingCell(state.nodes, all, 400, 1000)).toBe(16);
    expect(fittingCell(state.nodes, all, 400, 10)).toBe(5);
  });

  it('moves among tiles', () => {
    const order = [0, 1, 2];
    expect(stepInTiles(state.nodes, order, { node: 0, gpu: 7 }, 'ArrowRight', 2)).toEqual({ node: 1, gpu: 0 });
    expect(stepInTiles(state.nodes, order, { node: 0, gpu: 7 }, 'ArrowDown', 2)).toEqual({ node: 2, gpu: 1 });
    expect(stepInTiles(state.nodes, order, { node: 1, gpu: 0 }, 'ArrowLeft', 2)).toEqual({ node: 0, gpu: 7 });
  });
});
