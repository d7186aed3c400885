import type { IncomingHttpHeaders } from 'node:http';
import type { Department, Project, Workload, WorkloadWrite } from '../../src/api/model';
import { cluster, metadata, newest, nextVersion } from './organisation';
import { settleSoon } from './scheduler';
import type { MockServer } from './server';
import { add, count, mapOf, touch } from './world';
import { workload } from './workloads';

export interface Answer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

interface Ask {
  mock: MockServer;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: unknown;
  id: string;
}

type Route = [method: string, path: RegExp, handle: (ask: Ask) => Answer];

const ok = (body: unknown): Answer => ({ status: 200, body });
const refuse = (status: number, code: string, detail: string, more: Record<string, unknown> = {}): Answer => ({
  status,
  body: { type: `https://berth.dev/problems/${code}`, title: code, status, code, detail, requestId: 'req-1', hint: '', ...more },
});

/** A log that broke off, with colours of a terminal in it. */
const LOG = Array.from({ length: 400 }, (_, step) => `step ${step + 1} loss \u001b[32m${(2 / (1 + step)).toFixed(4)}\u001b[0m\n`).join('') + 'berth: stream ended: TUNNEL_LOST The tunnel to the cluster broke.\n';

const ROUTES: readonly Route[] = [
  ['GET', /^\/auth\/me$/, ({ mock }) => (mock.signedIn ? ok(me(mock)) : refuse(401, 'unauthenticated', 'Sign in first.'))],
  ['POST', /^\/auth\/sign-in$/, signIn],
  ['POST', /^\/auth\/one-time$/, byLink],
  ['POST', /^\/auth\/sign-out$/, ({ mock }) => ((mock.signedIn = false), { status: 204 })],
  ['GET', /^\/departments$/, ({ mock }) => ok({ items: mock.world.departments, next: null })],
  ['GET', /^\/projects$/, ({ mock }) => ok({ items: mock.world.projects, next: null })],
  ['GET', /^\/projects\/([^/]+)$/, ({ mock, id }) => found(mock.world.projects.find((it) => isIt(it.metadata, id)))],
  ['GET', /^\/departments\/([^/]+)$/, ({ mock, id }) => found(mock.world.departments.find((it) => isIt(it.metadata, id)))],
  ['PUT', /^\/projects\/([^/]+)$/, (ask) => replace(ask.mock.world.projects, ask)],
  ['PUT', /^\/departments\/([^/]+)$/, (ask) => replace(ask.mock.world.departments, ask)],
  ['GET', /^\/clusters$/, ({ mock }) => ok({ items: mock.world.clusters, next: null })],
  ['POST', /^\/clusters$/, createCluster],
  ['POST', /^\/clusters\/([^/]+)\/join-token$/, joinToken],
  ['GET', /^\/clusters\/([^/]+)\/map$/, ({ mock, id }) => ok(mapOf(mock.world, id.replace('id-', '')))],
  ['GET', /^\/workloads$/, list],
  ['GET', /^\/workloads\/summary$/, summary],
  ['POST', /^\/workloads$/, submit],
  ['POST', /^\/workloads\/([^/]+):stop$/, stop],
  ['DELETE', /^\/workloads\/([^/]+)$/, remove],
  ['GET', /^\/workloads\/([^/]+)\/explanation$/, explanation],
  ['GET', /^\/workloads\/([^/]+)\/logs$/, () => ok(LOG)],
  ['GET', /^\/workloads\/([^/]+)$/, ({ mock, id }) => found(find(mock, id))],
];

export function answer(mock: MockServer, method: string, url: URL, headers: IncomingHttpHeaders, body: unknown): Answer {
  const path = url.pathname.replace('/api/v1', '');
  if (mock.ill && !path.startsWith('/auth/')) {
    return refuse(503, 'database-away', 'The database does not answer.', { hint: 'Try again in a moment; if it stays so, look at /readyz.' });
  }
  for (const [verb, pattern, handle] of ROUTES) {
    const match = verb === method ? pattern.exec(path) : null;
    if (match !== null) {
      if (method !== 'GET' && !path.startsWith('/auth/') && headers['x-csrf-token'] !== 'csrf') {
        return refuse(403, 'csrf', 'The header X-CSRF-Token is missing.');
      }
      return handle({ mock, query: url.searchParams, headers, body, id: decodeURIComponent(match[1] ?? '') });
    }
  }
  return refuse(404, 'not-found', `There is no ${method} ${path}.`);
}

function me({ role }: MockServer): unknown {
  return { user: { id: 'u1', email: 'alice@acme.dev', name: 'Alice Kim', role }, tenant: { id: 't1', name: 'acme' }, csrfToken: 'csrf' };
}

function signIn({ mock, body }: Ask): Answer {
  const { password } = body as { password: string };
  if (password !== 'open sesame') {
    return refuse(401, 'wrong-credentials', 'Email or password is wrong.');
  }
  mock.signedIn = true;
  return ok({ ...(me(mock) as object), token: 's', expiresAt: new Date(Date.now() + 3_600_000).toISOString() });
}

function byLink({ mock, body }: Ask): Answer {
  const { token } = body as { token: string };
  if (mock.linkToken === null || token !== mock.linkToken) {
    return refuse(401, 'link-used', 'The link was used before, or is too old.');
  }
  mock.linkToken = null;
  mock.signedIn = true;
  return ok({ ...(me(mock) as object), token: 's', expiresAt: new Date(Date.now() + 3_600_000).toISOString() });
}

function replace<Kind extends Project | Department>(all: Kind[], { mock, headers, body, id }: Ask): Answer {
  const index = all.findIndex((it) => isIt(it.metadata, id));
  const old = all[index];
  if (old === undefined) {
    return refuse(404, 'not-found', 'No such object.');
  }
  if (headers['if-match'] !== old.metadata.etag) {
    return refuse(412, 'stale', 'Somebody changed it meanwhile.', { current: old });
  }
  const version = nextVersion();
  const next = { ...old, spec: (body as { spec: Kind['spec'] }).spec, metadata: { ...old.metadata, version, etag: `"${version}"` } };
  all[index] = next;
  settleSoon(mock);
  return ok(next);
}

function createCluster({ mock, body }: Ask): Answer {
  const { name } = (body as { metadata: { name: string } }).metadata;
  if (!/^[a-z0-9-]+$/.test(name)) {
    return refuse(422, 'invalid', 'The request is not valid.', { errors: [{ pointer: '/metadata/name', code: 'pattern', detail: 'Use a–z, 0–9 and “-”.' }] });
  }
  const made = cluster(name, 'Waiting', 0, 0);
  mock.world.clusters.push(made);
  return { status: 201, body: made };
}

function joinToken({ id }: Ask): Answer {
  const token = `bt1.${id}.S3cr3tS3cr3tS3cr3t.pinpinpin`;
  return { status: 201, body: { token, expiresAt: new Date(Date.now() + 900_000).toISOString(), command: `java -jar berth.jar join --token ${token} --to wss://berth.acme.dev:8090` } };
}

function filtered({ mock, query }: Ask, withStatus: boolean): Workload[] {
  const has = (name: string, value: string): boolean => (query.get(name) ?? '') === '' || (query.get(name) ?? '').split(',').includes(value);
  return [...mock.world.workloads.values()].filter(
    ({ metadata: meta, spec, status }) =>
      has('project', spec.project) && has('cluster', spec.cluster) && has('pool', spec.nodePool) && has('reason', status.reason) && (!withStatus || has('status', status.phase)) && meta.name.includes(query.get('q') ?? ''),
  );
}

function list(ask: Ask): Answer {
  const sort = ask.query.get('sort') ?? '-createdAt';
  const sign = sort.startsWith('-') ? -1 : 1;
  const key = ({ metadata: meta, status }: Workload): string => (sort.endsWith('name') ? meta.name : sort.endsWith('status') ? status.phase : meta.createdAt);
  const all = filtered(ask, true).toSorted((left, right) => sign * (key(left) < key(right) ? -1 : 1));
  const from = Number(ask.query.get('cursor') ?? 0);
  const limit = Number(ask.query.get('limit') ?? 50);
  return ok({ items: all.slice(from, from + limit), next: from + limit < all.length ? String(from + limit) : null, total: all.length, version: newest() });
}

function summary(ask: Ask): Answer {
  const byStatus: Record<string, number> = {};
  const all = filtered(ask, false);
  for (const { status } of all) {
    byStatus[status.phase] = (byStatus[status.phase] ?? 0) + 1;
  }
  return ok({ total: all.length, byStatus, byReason: {} });
}

function submit({ mock, body }: Ask): Answer {
  const { metadata: meta, spec } = body as WorkloadWrite;
  if (spec.resources !== undefined && spec.resources.memoryMib > 1_000_000) {
    return refuse(422, 'invalid', 'The request is not valid.', { errors: [{ pointer: '/spec/resources/memoryMib', code: 'maximum', detail: 'At most 1,000,000 MiB on a node.' }] });
  }
  const made = workload({ name: meta.name, project: spec.project, cluster: spec.cluster, phase: 'Queued', minutes: 0, workers: spec.workers, devices: spec.resources?.gpu?.devices ?? 0 });
  const given = { ...made, spec: { ...made.spec, ...spec }, metadata: metadata(meta.name, `w-new-${meta.name}`, Date.now()) };
  add(mock.world, given);
  count(mock.world);
  mock.send([{ topic: 'workloads', type: 'ADDED', object: given }]);
  settleSoon(mock);
  return { status: 201, body: given };
}

function stop({ mock, id }: Ask): Answer {
  const old = find(mock, id);
  if (old === undefined) {
    return refuse(404, 'not-found', 'No such workload.');
  }
  const next = touch(old, { phase: 'Stopping', reason: 'StoppedByUser' });
  add(mock.world, next);
  mock.send([{ topic: 'workloads', type: 'MODIFIED', object: next }]);
  return { status: 202, body: next };
}

function remove({ mock, id }: Ask): Answer {
  const old = find(mock, id);
  if (old === undefined) {
    return refuse(404, 'not-found', 'No such workload.');
  }
  mock.world.workloads.delete(old.metadata.id);
  mock.send([{ topic: 'workloads', type: 'DELETED', object: touch(old, {}) }]);
  return { status: 202, body: old };
}

function explanation({ mock, id }: Ask): Answer {
  const it = find(mock, id);
  return it === undefined
    ? refuse(404, 'not-found', 'No such workload.')
    : ok({ workloadId: it.metadata.id, phase: it.status.phase, observedAt: new Date(Date.now() - 800).toISOString(), clusterState: 'Connected', explanation: it.status.explanation ?? null });
}

function find(mock: MockServer, id: string): Workload | undefined {
  return mock.world.workloads.get(id) ?? [...mock.world.workloads.values()].find(({ metadata: meta }) => meta.name === id);
}

function isIt(meta: { id: string; name: string }, id: string): boolean {
  return meta.id === id || meta.name === id;
}

function found(it: unknown): Answer {
  return it === undefined ? refuse(404, 'not-found', 'There is no such object.') : ok(it);
}
