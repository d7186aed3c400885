import { describe, expect, it } from 'vitest';
import type { Workload } from '../api/model';
import { enqueue, eventOf, type LiveEvent } from './events';
import { backoff, freshness } from './freshness';
import { mergeAll, patchRows } from './list';
import { EMPTY, LONGEST, read } from './sse';
import { NO_ROWS, patchWorkloads, TINT } from './workloadRows';

export function some(id: string, version: number, phase = 'Queued', name = id): Workload {
  return {
    apiVersion: 'berth.dev/v1',
    kind: 'Workload',
    metadata: { id, name, labels: {}, createdAt: '', updatedAt: '', version, etag: '' },
    spec: { project: 'p', cluster: 'c', nodePool: 'default', kind: 'training', image: '', workers: 1, priorityClass: 'train' },
    status: { phase: phase as Workload['status']['phase'], reason: '', message: '', pods: [], podCounts: {} },
  };
}

describe('the reader of event streams', () => {
  const text = ': welcome\n\nid: 7\nevent: change\ndata: {"a":1}\ndata: {"b":2}\n\nid: 8\r\ndata:x\r\n\r\n: quiet\nid: 9\n\n';

  it('gives the same messages however the text is cut', () => {
    const whole = read(EMPTY, text);
    expect(whole.messages).toEqual([
      { id: '7', event: 'change', data: '{"a":1}\n{"b":2}' },
      { id: '8', event: '', data: 'x' },
    ]);
    expect(whole.reading.id).toBe('9');
    for (let cut = 1; cut < text.length; cut += 1) {
      const first = read(EMPTY, text.slice(0, cut));
      const second = read(first.reading, text.slice(cut));
      expect([...first.messages, ...second.messages]).toEqual(whole.messages);
    }
  });

  it('refuses a line without end', () => {
    expect(() => read(EMPTY, 'x'.repeat(LONGEST + 1))).toThrow('too long');
  });
});

describe('events', () => {
  it('are read only when they are known', () => {
    expect(eventOf('{')).toBeNull();
    expect(eventOf('{"topic":"samples","type":"MODIFIED","object":{}}')).toBeNull();
    expect(eventOf('{"topic":"workloads","type":"BOOKMARK","object":{"metadata":{}}}')).toBeNull();
    expect(eventOf(JSON.stringify({ topic: 'workloads', type: 'ADDED', object: some('a', 1) }))?.topic).toBe('workloads');
  });

  it('wait as the newest of each object, and a new object stays new', () => {
    const queue = new Map<string, LiveEvent>();
    enqueue(queue, { topic: 'workloads', type: 'ADDED', object: some('a', 1) });
    enqueue(queue, { topic: 'workloads', type: 'MODIFIED', object: some('b', 2) });
    enqueue(queue, { topic: 'workloads', type: 'MODIFIED', object: some('a', 3, 'Running') });
    expect([...queue.values()].map(({ type, object }) => [type, object.metadata.id, object.metadata.version])).toEqual([
      ['MODIFIED', 'b', 2],
      ['ADDED', 'a', 3],
    ]);
    enqueue(queue, { topic: 'workloads', type: 'DELETED', object: some('a', 4) });
    expect(queue.get('workloads/a')?.type).toBe('DELETED');
  });
});

describe('lists', () => {
  it('are patched in place, and older versions change nothing', () => {
    const rows = [some('a', 5), some('b', 5)];
    expect(patchRows(rows, [{ type: 'MODIFIED', object: some('b', 4) }])).toBe(rows);
    const next = patchRows(rows, [
      { type: 'MODIFIED', object: some('b', 6, 'Running') },
      { type: 'ADDED', object: some('c', 7) },
    ]);
    expect(next.map(({ metadata, status }) => [metadata.id, status.phase])).toEqual([
      ['a', 'Queued'],
      ['b', 'Running'],
    ]);
  });

  it('are merged by id', () => {
    const rows = mergeAll([some('a', 1), some('b', 1)], [
      { type: 'DELETED', object: some('a', 2) },
      { type: 'ADDED', object: some('c', 3) },
      { type: 'MODIFIED', object: some('b', 4, 'Running') },
    ]);
    expect(rows.map(({ metadata, status }) => [metadata.id, status.phase])).toEqual([
      ['b', 'Running'],
      ['c', 'Queued'],
    ]);
  });

  it('take what was computed anew without a new version', () => {
    const rows = mergeAll([some('a', 5)], [
      { type: 'MODIFIED', object: some('a', 5, 'Running') },
      { type: 'MODIFIED', object: some('a', 4, 'Failed') },
    ]);
    expect(rows.map(({ status }) => status.phase)).toEqual(['Running']);
  });

  it('count new rows, tint changed ones, and let the tint go', () => {
    const start = { ...NO_ROWS, items: [some('a', 1)] };
    const patches = [
      { type: 'MODIFIED' as const, object: some('a', 2, 'Running') },
      { type: 'ADDED' as const, object: some('n', 3) },
      { type: 'ADDED' as const, object: some('other', 3) },
    ];
    const once = patchWorkloads(start, patches, ({ metadata }) => metadata.id === 'n', 1000);
    expect([...once.fresh]).toEqual(['n']);
    expect([...once.changed.keys()]).toEqual(['a']);
    const later = patchWorkloads(once, [{ type: 'DELETED', object: some('n', 4) }], () => true, 1000 + TINT);
    expect(later.fresh.size).toBe(0);
    expect(later.changed.size).toBe(0);
  });
});

describe('freshness', () => {
  it('goes from live over reconnecting to stale', () => {
    expect(freshness({ connected: false, heardAt: null }, 0).kind).toBe('connecting');
    expect(freshness({ connected: true, heardAt: 0 }, 11_000).kind).toBe('live');
    expect(freshness({ connected: true, heardAt: 0 }, 13_000)).toEqual({ kind: 'stale', asOf: 0 });
    expect(freshness({ connected: false, heardAt: 0 }, 9_000)).toEqual({ kind: 'reconnecting', asOf: 0 });
    expect(freshness({ connected: false, heardAt: 0 }, 10_001)).toEqual({ kind: 'stale', asOf: 0 });
  });

  it('tries again at bounded intervals', () => {
    expect(backoff(0, 0)).toBe(250);
    expect(backoff(3, 1)).toBe(4000);
    expect(backoff(1000, 1)).toBe(10_000);
  });
});
