import type { Amount, Department, PoolQuota, PoolUsage, Project } from '../api/model';
import type { Unit } from '../explain/units';

/** One row of the tree: a department, or a project in it. */
export interface Node {
  id: string;
  name: string;
  title: string;
  kind: 'department' | 'project';
  amount: Required<Amount>;
  priority: number;
  /** GPUs in thousandths; a department's are those of its projects. */
  held: number;
  asked: number;
  children: readonly Node[];
}

const NO_DEPARTMENT = 'No department';

/** What the contract says about absent amounts: no GPUs deserved, the other resources without bound, no limits. */
export function amountOf(quota: PoolQuota | undefined, unit: Unit): Required<Amount> {
  const given = quota?.[unit];
  return {
    quota: given?.quota ?? (unit === 'gpuMilli' ? 0 : -1),
    limit: given?.limit ?? -1,
    overQuotaWeight: given?.overQuotaWeight ?? 1,
  };
}

/** The quota for a pool of a cluster; one that names the cluster is nearer than one for all clusters. */
export function quotaIn(quotas: readonly PoolQuota[] | undefined, cluster: string, pool: string): PoolQuota | undefined {
  const here = (quotas ?? []).filter(({ nodePool }) => nodePool === pool);
  return here.find((quota) => quota.cluster === cluster) ?? here.find((quota) => (quota.cluster ?? '') === '');
}

/** What is held and asked in one pool of one cluster; nothing where the list names no such place. */
export function usageIn(usage: readonly PoolUsage[] | undefined, cluster: string, pool: string): Pick<Node, 'held' | 'asked'> {
  const here = usage?.find((place) => place.cluster === cluster && place.nodePool === pool);
  return { held: here?.allocatedGpuMilli ?? 0, asked: here?.requestedGpuMilli ?? 0 };
}

/** Which pool the tree is about. */
export interface View {
  cluster: string;
  pool: string;
  unit: Unit;
}

export function treeOf(departments: readonly Department[], projects: readonly Project[], view: View): Node[] {
  const nodes = projects.map((project) => ({ department: project.spec.department ?? '', node: nodeOf(project, 'project', [], view) }));
  const known = new Set(departments.map(({ metadata }) => metadata.name));
  const tree = departments.map((department) =>
    nodeOf(department, 'department', nodes.filter((child) => child.department === department.metadata.name).map(({ node }) => node), view),
  );
  const orphans = nodes.filter(({ department }) => !known.has(department)).map(({ node }) => node);
  return orphans.length === 0 ? tree : [...tree, withoutDepartment(orphans)];
}

function nodeOf(it: Department | Project, kind: Node['kind'], children: readonly Node[], view: View): Node {
  const quota = quotaIn(it.spec.quotas, view.cluster, view.pool);
  return {
    id: it.metadata.id,
    name: it.metadata.name,
    title: it.spec.displayName || it.metadata.name,
    kind,
    amount: amountOf(quota, view.unit),
    priority: quota?.priority ?? it.spec.priority,
    // Events tell of projects only, so what a department shows is what its projects say, not what it said when it was read.
    ...(children.length > 0 ? summed(children) : usageIn(it.status.usage, view.cluster, view.pool)),
    children,
  };
}

function summed(children: readonly Node[]): Pick<Node, 'held' | 'asked'> {
  return {
    held: children.reduce((sum, child) => sum + child.held, 0),
    asked: children.reduce((sum, child) => sum + child.asked, 0),
  };
}

function withoutDepartment(children: readonly Node[]): Node {
  return {
    id: '',
    name: '',
    title: NO_DEPARTMENT,
    kind: 'department',
    amount: { quota: -1, limit: -1, overQuotaWeight: 1 },
    priority: 0,
    ...summed(children),
    children,
  };
}

/** What stands in the column "Balance": what is over, lent or unused. */
export function balance({ amount, held, asked }: Node): { text: 'over' | 'unused' | 'none'; milli: number; atLimit: boolean } {
  const atLimit = amount.limit >= 0 && held >= amount.limit;
  if (amount.quota < 0) {
    return { text: 'none', milli: 0, atLimit };
  }
  if (held > amount.quota) {
    return { text: 'over', milli: held - amount.quota, atLimit };
  }
  return held < amount.quota && asked <= held ? { text: 'unused', milli: amount.quota - held, atLimit } : { text: 'none', milli: 0, atLimit };
}

export interface Edit {
  quota: number;
  limit: number;
  overQuotaWeight: number;
}

/** The quotas with one pool's amount changed; a pool that has none yet gets one. */
export function withAmount(quotas: readonly PoolQuota[] | undefined, cluster: string, pool: string, unit: Unit, edit: Edit): PoolQuota[] {
  const all = [...(quotas ?? [])];
  const old = quotaIn(all, cluster, pool);
  const changed: PoolQuota = { ...(old ?? { cluster, nodePool: pool, priority: 100 }), [unit]: edit };
  return old === undefined ? [...all, changed] : all.map((quota) => (quota === old ? changed : quota));
}

/** The end of the axis that all rows share. */
export function axisEnd(nodes: readonly Node[]): number {
  const all = nodes.flatMap((node) => [node, ...node.children]);
  const longest = Math.max(1000, ...all.flatMap(({ amount, held, asked }) => [amount.quota, held, Math.min(asked, 4 * Math.max(1000, amount.quota, held))]));
  return niceEnd(longest * 1.04);
}

/** A round number of whole units that four steps divide. */
export function niceEnd(milli: number): number {
  const value = milli / 1000;
  const step = 10 ** Math.floor(Math.log10(Math.max(1, value)));
  const factor = [1, 1.2, 1.6, 2, 2.4, 3.2, 4, 4.8, 6, 7.2, 8, 10].find((candidate) => candidate * step >= value) ?? 10;
  return Math.max(4, Math.ceil((factor * step) / 4) * 4) * 1000;
}
