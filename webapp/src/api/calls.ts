import { request, type Query } from './client';
import type {
  Cluster,
  ClusterMap,
  Department,
  JoinToken,
  Me,
  Page,
  Project,
  Session,
  Summary,
  Workload,
  WorkloadExplanation,
  WorkloadList,
  WorkloadWrite,
} from './model';

/** Every call of the console in one place, named as the reader of a page would name it. */
export const calls = {
  signIn: (email: string, password: string) =>
    request<Session>('/auth/sign-in', { method: 'POST', body: { email, password }, anonymous: true }),
  signInByLink: (token: string) => request<Session>('/auth/one-time', { method: 'POST', body: { token }, anonymous: true }),
  signOut: () => request<null>('/auth/sign-out', { method: 'POST' }),
  me: () => request<Me>('/auth/me', { anonymous: true }),

  departments: () => everyPage<Department>('/departments'),
  projects: () => everyPage<Project>('/projects'),
  clusters: () => everyPage<Cluster>('/clusters'),
  department: (id: string) => request<Department>(at('/departments', id)),
  project: (id: string) => request<Project>(at('/projects', id)),
  putDepartment: (it: Department, spec: Department['spec']) => put<Department>('/departments', it, spec),
  putProject: (it: Project, spec: Project['spec']) => put<Project>('/projects', it, spec),

  createCluster: (name: string) => request<Cluster>('/clusters', { method: 'POST', body: { metadata: { name } } }),
  joinToken: (id: string) => request<JoinToken>(`${at('/clusters', id)}/join-token`, { method: 'POST' }),
  map: (id: string, signal?: AbortSignal) => request<ClusterMap>(`${at('/clusters', id)}/map`, { signal }),

  workloads: (query: Query, signal?: AbortSignal) => request<WorkloadList>('/workloads', { query, signal }),
  summary: (query: Query, signal?: AbortSignal) => request<Summary>('/workloads/summary', { query, signal }),
  workload: (id: string, signal?: AbortSignal) => request<Workload>(at('/workloads', id), { signal }),
  explanation: (id: string, signal?: AbortSignal) =>
    request<WorkloadExplanation>(`${at('/workloads', id)}/explanation`, { signal }),
  submit: (body: WorkloadWrite) => request<Workload>('/workloads', { method: 'POST', body }),
  stop: (id: string) => request<Workload>(`${at('/workloads', id)}:stop`, { method: 'POST' }),
  remove: (id: string) => request<Workload>(at('/workloads', id), { method: 'DELETE' }),
} as const;

function at(collection: string, id: string): string {
  return `${collection}/${encodeURIComponent(id)}`;
}

/** At most so many pages are followed: 20 × 500 departments or projects. */
const MOST_PAGES = 20;

async function everyPage<Item>(path: string): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer: Page<Item> = await request<Page<Item>>(path, { query: { limit: 500, cursor } });
    items.push(...answer.items);
    if (answer.next === null) {
      break;
    }
    cursor = answer.next;
  }
  return items;
}

function put<Kind extends Department | Project>(path: string, it: Kind, spec: Kind['spec']): Promise<Kind> {
  const { id, name, labels, etag } = it.metadata;
  return request<Kind>(at(path, id), { method: 'PUT', body: { metadata: { name, labels }, spec }, ifMatch: etag });
}
