import { describe, expect, it } from 'vitest';
import { withQuery } from '../app/router';
import { Problem } from '../api/problem';
import { asQuery, filtersOf, listQuery, toggled, typed } from './filters';
import { BLANK, bodyOf, changed, checked, complaintsOf, formOf, joinCommand, nextName, splitCommand } from './form';

const parse = (search: string): ReturnType<typeof filtersOf> => filtersOf(new URLSearchParams(search));

describe('filters', () => {
  it('come from the address and go back into it unchanged', () => {
    const search = 'status=Queued,Running&project=vision&cluster=borealis&pool=default&reason=NoFit&q=llm&sort=name';
    const filters = parse(search);
    expect(parse(withQuery('/w', '', asQuery(filters)).split('?')[1] ?? '')).toEqual(filters);
    expect(listQuery(filters)).toMatchObject({ status: 'Queued,Running', project: 'vision', sort: 'name', limit: 50, total: true });
  });

  it('drop what is nonsense', () => {
    expect(parse('status=Nope,running&sort=evil&from=-7')).toMatchObject({ status: ['Running'], sort: '-createdAt', from: 0 });
    expect(parse('from=abc').from).toBe(0);
  });

  it('go back to the first page when they change', () => {
    expect(withQuery('/workloads', '?cursor=x&from=50&q=a', asQuery({ status: ['Queued'] }))).toBe('/workloads?q=a&status=Queued');
  });

  it('are read as people type them', () => {
    const none = parse('');
    expect(typed(none, 'status: running, queued')).toEqual({ status: ['Running', 'Queued'] });
    expect(typed(parse('pool=a'), 'pool=b')).toEqual({ pool: ['a', 'b'] });
    expect(typed(none, '  llm ')).toEqual({ q: 'llm' });
    expect(typed(none, 'owner:me')).toBeNull();
    expect(typed(none, 'status:nope')).toBeNull();
    expect(typed(none, '')).toBeNull();
    expect(toggled(['a'], 'a')).toEqual([]);
    expect(toggled(['a'], 'b')).toEqual(['a', 'b']);
  });
});

describe('the submit form', () => {
  it('splits a command as a shell does, and back', () => {
    const command = ['python', 'train.py', '--name', "it's", 'two words', ''];
    expect(splitCommand(joinCommand(command))).toEqual(command);
    expect(splitCommand(String.raw`echo "a \"b\"" c\ d`)).toEqual(['echo', 'a "b"', 'c d']);
    expect(splitCommand('  ')).toEqual([]);
  });

  it('becomes the body of the contract', () => {
    const form = { ...BLANK, name: ' big ', project: 'vision', cluster: 'borealis', devices: '8', workers: '4', command: 'sleep 5', environment: 'A=1\nB = two\nbad', gpuModels: 'A100, H100' };
    expect(bodyOf(form)).toEqual({
      metadata: { name: 'big' },
      spec: {
        project: 'vision',
        cluster: 'borealis',
        nodePool: 'default',
        kind: 'training',
        image: '',
        workers: 4,
        minWorkers: 4,
        priorityClass: 'train',
        preemptible: true,
        resources: { cpuMilli: 1000, memoryMib: 4096, gpu: { devices: 8 } },
        command: ['sleep', '5'],
        gpuModels: ['A100', 'H100'],
        environment: { A: '1', B: 'two' },
      },
    });
    expect(bodyOf({ ...form, gpuMode: 'fraction' }).spec.resources?.gpu).toEqual({ devices: 8, fractionMilli: 500 });
    expect(bodyOf({ ...form, gpuMode: 'memory' }).spec.resources?.gpu).toEqual({ devices: 8, memoryMib: 8192 });
    expect(bodyOf({ ...form, gpuMode: 'none' }).spec.resources?.gpu).toEqual({ devices: 0 });
  });

  it('takes a workload again, with the change that an explanation proposes', () => {
    const { metadata, spec } = bodyOf({ ...BLANK, name: 'big', project: 'p', cluster: 'c', workers: '4', environment: 'A=1' });
    const workload = {
      apiVersion: 'berth.dev/v1' as const,
      kind: 'Workload' as const,
      metadata: { id: 'x', name: metadata.name, labels: {}, createdAt: '', updatedAt: '', version: 1, etag: '' },
      spec,
      status: { phase: 'Queued' as const, reason: '', message: '', pods: [], podCounts: {} },
    };
    expect(formOf(workload, { field: 'workers', to: '2' })).toMatchObject({ name: 'big-2', workers: '2', environment: 'A=1' });
    expect(changed(BLANK, 'resources.memoryMib', '2048').memory).toBe('2');
    expect(changed(BLANK, 'minWorkers', '2')).toMatchObject({ elastic: true, minWorkers: '2' });
    expect(changed(BLANK, 'unknown', '2')).toBe(BLANK);
    expect(nextName('big-9')).toBe('big-10');
  });

  it('says what is wrong, early where it can, and where the server says so', () => {
    expect(Object.keys(checked({ ...BLANK, name: 'Big 2' }))).toEqual(['name', 'project', 'cluster']);
    expect(checked({ ...BLANK, name: 'a', project: 'p', cluster: 'c', cpu: 'x' })).toEqual({ cpu: 'Enter a number.' });
    const problem = new Problem(422, '', '', 'invalid', '', [{ pointer: '/spec/resources/gpu/devices', detail: 'At most 64.' }, { pointer: '/spec/else', detail: 'No.' }], '', null);
    expect(complaintsOf(problem)).toEqual({ fields: { devices: 'At most 64.' }, rest: ['/spec/else: No.'] });
  });
});
