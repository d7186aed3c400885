import type { Workload, WorkloadSpec, WorkloadWrite } from '../api/model';
import type { Problem } from '../api/problem';

export type GpuMode = 'whole' | 'fraction' | 'memory' | 'none';

/** The submit form as it is typed: texts, so that half-typed numbers stay as they are. */
export interface Form {
  name: string;
  project: string;
  cluster: string;
  nodePool: string;
  image: string;
  command: string;
  kind: WorkloadSpec['kind'];
  gpuMode: GpuMode;
  devices: string;
  fraction: string;
  gpuMemory: string;
  gpuModels: string;
  cpu: string;
  memory: string;
  workers: string;
  elastic: boolean;
  minWorkers: string;
  priority: WorkloadSpec['priorityClass'];
  preemptible: boolean;
  environment: string;
  nodeSelector: string;
}

export const BLANK: Form = {
  name: '',
  project: '',
  cluster: '',
  nodePool: 'default',
  image: '',
  command: '',
  kind: 'training',
  gpuMode: 'whole',
  devices: '1',
  fraction: '0.5',
  gpuMemory: '8',
  gpuModels: '',
  cpu: '1',
  memory: '4',
  workers: '1',
  elastic: false,
  minWorkers: '1',
  priority: 'train',
  preemptible: true,
  environment: '',
  nodeSelector: '',
};

/** Classes of long jobs may be taken back; others may not, unless one says so. */
export function preemptibleByDefault(priority: WorkloadSpec['priorityClass']): boolean {
  return priority === 'train' || priority === 'interactive-preemptible';
}

/** What the API is sent. Numbers that are none become NaN and so null, which the server refuses by name. */
export function bodyOf(form: Form): WorkloadWrite {
  const workers = Number(form.workers);
  const spec: WorkloadSpec = {
    project: form.project,
    cluster: form.cluster,
    nodePool: form.nodePool,
    kind: form.kind,
    image: form.image.trim(),
    workers,
    minWorkers: form.elastic ? Number(form.minWorkers) : workers,
    priorityClass: form.priority,
    preemptible: form.preemptible,
    resources: { cpuMilli: Math.round(Number(form.cpu) * 1000), memoryMib: Math.round(Number(form.memory) * 1024), gpu: gpuOf(form) },
  };
  const command = splitCommand(form.command);
  const models = words(form.gpuModels);
  const environment = pairs(form.environment);
  const nodeSelector = pairs(form.nodeSelector);
  return {
    metadata: { name: form.name.trim() },
    spec: {
      ...spec,
      ...(command.length > 0 ? { command } : {}),
      ...(models.length > 0 ? { gpuModels: models } : {}),
      ...(Object.keys(environment).length > 0 ? { environment } : {}),
      ...(Object.keys(nodeSelector).length > 0 ? { nodeSelector } : {}),
    },
  };
}

function gpuOf(form: Form): NonNullable<NonNullable<WorkloadSpec['resources']>['gpu']> {
  const devices = Number(form.devices);
  switch (form.gpuMode) {
    case 'none':
      return { devices: 0 };
    case 'whole':
      return { devices };
    case 'fraction':
      return { devices, fractionMilli: Math.round(Number(form.fraction) * 1000) };
    case 'memory':
      return { devices, memoryMib: Math.round(Number(form.gpuMemory) * 1024) };
  }
}

/** The form of a workload that was submitted before, under another name, with one change of the explanation made. */
export function formOf({ metadata, spec }: Workload, change: { field: string; to: string } | null): Form {
  const gpu = spec.resources?.gpu;
  const form: Form = {
    ...BLANK,
    name: nextName(metadata.name),
    project: spec.project,
    cluster: spec.cluster,
    nodePool: spec.nodePool,
    image: spec.image,
    command: joinCommand(spec.command ?? []),
    kind: spec.kind,
    gpuMode: gpu === undefined || gpu.devices === 0 ? 'none' : gpu.memoryMib !== undefined ? 'memory' : gpu.fractionMilli !== undefined ? 'fraction' : 'whole',
    devices: String(gpu?.devices ?? 0),
    fraction: String((gpu?.fractionMilli ?? 500) / 1000),
    gpuMemory: String((gpu?.memoryMib ?? 8192) / 1024),
    gpuModels: (spec.gpuModels ?? []).join(', '),
    cpu: String((spec.resources?.cpuMilli ?? 1000) / 1000),
    memory: String((spec.resources?.memoryMib ?? 4096) / 1024),
    workers: String(spec.workers),
    elastic: (spec.minWorkers ?? spec.workers) < spec.workers,
    minWorkers: String(spec.minWorkers ?? spec.workers),
    priority: spec.priorityClass,
    preemptible: spec.preemptible ?? preemptibleByDefault(spec.priorityClass),
    environment: lines(spec.environment),
    nodeSelector: lines(spec.nodeSelector),
  };
  return change === null ? form : changed(form, change.field, change.to);
}

/** Makes the change that an explanation proposes. */
export function changed(form: Form, field: string, to: string): Form {
  switch (field) {
    case 'workers':
      return { ...form, workers: to };
    case 'minWorkers':
      return { ...form, elastic: true, minWorkers: to };
    case 'preemptible':
      return { ...form, preemptible: to === 'true' };
    case 'nodePool':
      return { ...form, nodePool: to };
    case 'gpuModels':
      return { ...form, gpuModels: words(to).join(', ') };
    case 'nodeSelector':
      return { ...form, nodeSelector: to };
    case 'resources.gpu.devices':
      return { ...form, devices: to };
    case 'resources.gpu.fractionMilli':
      return { ...form, fraction: String(Number(to) / 1000) };
    case 'resources.gpu.memoryMib':
      return { ...form, gpuMemory: String(Number(to) / 1024) };
    case 'resources.cpuMilli':
      return { ...form, cpu: String(Number(to) / 1000) };
    case 'resources.memoryMib':
      return { ...form, memory: String(Number(to) / 1024) };
    default:
      return form;
  }
}

/** `big` → `big-2`, `big-2` → `big-3`. */
export function nextName(name: string): string {
  const match = /^(.*?)-(\d{1,6})$/.exec(name);
  const next = match === null ? `${name}-2` : `${match[1]}-${Number(match[2]) + 1}`;
  return next.slice(0, 63);
}

/** Splits as a shell does: spaces part, quotes keep together, a backslash takes the next sign as it is. */
export function splitCommand(text: string): string[] {
  const parts: string[] = [];
  const pattern = /(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|\\(.)|([^\s"'\\]+))|(\s+)/g;
  let part: string | null = null;
  for (const [, double, single, escaped, plain, space] of text.matchAll(pattern)) {
    if (space !== undefined) {
      if (part !== null) {
        parts.push(part);
      }
      part = null;
    } else {
      part = (part ?? '') + (double?.replaceAll(/\\(["\\])/g, '$1') ?? single ?? escaped ?? plain ?? '');
    }
  }
  return part === null ? parts : [...parts, part];
}

export function joinCommand(command: readonly string[]): string {
  return command.map((part) => (/^[\w@%+=:,./-]+$/.test(part) ? part : `'${part.replaceAll("'", `'"'"'`)}'`)).join(' ');
}

export function words(text: string): string[] {
  return text.split(/[\s,]+/).filter((word) => word !== '');
}

/** `NAME=value`, one a line. */
function pairs(text: string): Record<string, string> {
  const all = text.split('\n').map((line) => /^\s*([^=\s]+)\s*=(.*)$/.exec(line));
  return Object.fromEntries(all.flatMap((match) => (match === null ? [] : [[match[1] ?? '', (match[2] ?? '').trim()]])));
}

function lines(map: Record<string, string> | undefined): string {
  return Object.entries(map ?? {})
    .map(([name, value]) => `${name}=${value}`)
    .join('\n');
}

/** Pointers of the body, and the field of the form that shows a complaint about it. */
const POINTERS: readonly (readonly [string, keyof Form])[] = [
  ['/metadata/name', 'name'],
  ['/spec/project', 'project'],
  ['/spec/cluster', 'cluster'],
  ['/spec/nodePool', 'nodePool'],
  ['/spec/image', 'image'],
  ['/spec/command', 'command'],
  ['/spec/environment', 'environment'],
  ['/spec/nodeSelector', 'nodeSelector'],
  ['/spec/gpuModels', 'gpuModels'],
  ['/spec/workers', 'workers'],
  ['/spec/minWorkers', 'minWorkers'],
  ['/spec/priorityClass', 'priority'],
  ['/spec/preemptible', 'preemptible'],
  ['/spec/resources/cpuMilli', 'cpu'],
  ['/spec/resources/memoryMib', 'memory'],
  ['/spec/resources/gpu/fractionMilli', 'fraction'],
  ['/spec/resources/gpu/memoryMib', 'gpuMemory'],
  ['/spec/resources/gpu', 'devices'],
];

export type Complaints = Partial<Record<keyof Form, string>>;

/** The server's complaints, each at its field; what belongs to no field is given as `rest`. */
export function complaintsOf(problem: Problem): { fields: Complaints; rest: string[] } {
  const fields: Complaints = {};
  const rest: string[] = [];
  for (const { pointer, detail } of problem.errors) {
    const field = POINTERS.find(([start]) => pointer === start || pointer.startsWith(`${start}/`))?.[1];
    if (field === undefined) {
      rest.push(`${pointer}: ${detail}`);
    } else {
      fields[field] = detail;
    }
  }
  return { fields, rest };
}

/** What can be said before asking the server. */
export function checked(form: Form): Complaints {
  const complaints: Complaints = {};
  if (!/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(form.name.trim()) || form.name.trim().length > 63) {
    complaints.name = 'Use a–z, 0–9 and “-”, at most 63.';
  }
  if (form.project === '') {
    complaints.project = 'Choose the project that pays.';
  }
  if (form.cluster === '') {
    complaints.cluster = 'Choose a cluster.';
  }
  const numbers: readonly (keyof Form)[] = ['workers', 'cpu', 'memory', ...(form.gpuMode === 'none' ? [] : (['devices'] as const))];
  for (const field of numbers) {
    if (String(form[field]).trim() === '' || !Number.isFinite(Number(form[field]))) {
      complaints[field] = 'Enter a number.';
    }
  }
  return complaints;
}
