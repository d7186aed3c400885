import type { Query } from '../api/client';
import type { Workload } from '../api/model';
import { PHASES } from '../format/words';

/** What the table of workloads shows; all of it stands in the address. */
export interface Filters {
  project: readonly string[];
  status: readonly string[];
  reason: readonly string[];
  cluster: readonly string[];
  pool: readonly string[];
  q: string;
  sort: string;
  cursor: string;
  /** Rows before this page, for its numbering. */
  from: number;
}

export type ListName = 'project' | 'status' | 'reason' | 'cluster' | 'pool';

export const LISTS: readonly ListName[] = ['status', 'project', 'cluster', 'pool', 'reason'];

export const NEWEST = '-createdAt';

export const SORTS = ['createdAt', 'name', 'status', 'gpus', 'updatedAt'] as const;

export const PER_PAGE = 50;

export function filtersOf(query: URLSearchParams): Filters {
  const list = (name: ListName): string[] => (query.get(name) ?? '').split(',').filter((value) => value !== '');
  const sort = query.get('sort') ?? NEWEST;
  return {
    project: list('project'),
    status: list('status').flatMap((word) => phaseLike(word) ?? []),
    reason: list('reason'),
    cluster: list('cluster'),
    pool: list('pool'),
    q: query.get('q') ?? '',
    sort: SORTS.some((known) => known === sort.replace(/^-/, '')) ? sort : NEWEST,
    cursor: query.get('cursor') ?? '',
    from: Math.max(0, Math.floor(Number(query.get('from') ?? 0)) || 0),
  };
}

/** The change of the address that sets some filters; every other page than the first is left with it. */
export function asQuery(changes: Partial<Filters>): Record<string, string | null> {
  const query: Record<string, string | null> = { cursor: null, from: null };
  for (const name of LISTS) {
    const values = changes[name];
    if (values !== undefined) {
      query[name] = values.length === 0 ? null : values.join(',');
    }
  }
  if (changes.q !== undefined) {
    query['q'] = changes.q === '' ? null : changes.q;
  }
  if (changes.sort !== undefined) {
    query['sort'] = changes.sort === NEWEST ? null : changes.sort;
  }
  return query;
}

/** The same for the server's list. */
export function listQuery(filters: Filters): Query {
  const { sort, cursor } = filters;
  return { ...countQuery(filters), status: filters.status.join(','), sort, cursor, limit: PER_PAGE, total: true };
}

/** For the counts by status, which are those of all statuses. */
export function countQuery({ project, reason, cluster, pool, q }: Filters): Query {
  return { project: project.join(','), reason: reason.join(','), cluster: cluster.join(','), pool: pool.join(','), q };
}

export function isFiltered(filters: Filters): boolean {
  return filters.q !== '' || LISTS.some((name) => filters[name].length > 0);
}

/** Whether a new workload belongs into what is shown. */
export function admits(filters: Filters, { metadata, spec, status }: Workload): boolean {
  const has = (values: readonly string[], value: string): boolean => values.length === 0 || values.includes(value);
  return (
    has(filters.project, spec.project) &&
    has(filters.status, status.phase) &&
    has(filters.reason, status.reason) &&
    has(filters.cluster, spec.cluster) &&
    has(filters.pool, spec.nodePool) &&
    metadata.name.includes(filters.q)
  );
}

/** Adds what somebody typed: `status:running`, `pool:a100,h100`, or a part of a name. Null: it cannot be read. */
export function typed(filters: Filters, text: string): Partial<Filters> | null {
  const match = /^(\w+)\s*[:=]\s*(.+)$/.exec(text.trim());
  if (match === null) {
    return text.trim() === '' ? null : { q: text.trim() };
  }
  const [, word = '', rest = ''] = match;
  const name = LISTS.find((list) => list === word.toLowerCase());
  const given = rest.split(/[\s,]+/).filter((value) => value !== '');
  const values = name === 'status' ? given.flatMap((value) => phaseLike(value) ?? []) : given;
  if (name === undefined || values.length === 0) {
    return null;
  }
  return { [name]: [...new Set([...filters[name], ...values])] };
}

export function toggled(values: readonly string[], value: string): readonly string[] {
  return values.includes(value) ? values.filter((other) => other !== value) : [...values, value];
}

function phaseLike(word: string): string | undefined {
  return PHASES.find((phase) => phase.toLowerCase() === word.toLowerCase());
}
