import type { Department, Project } from '../api/model';
import { count } from '../format/numbers';
import { toPeople, unitWord, type Unit } from '../explain/units';
import { amountOf, quotaIn, type Node } from './tree';

/** What somebody typed as an amount; no bound is −1, and what is no number is null. */
export function parseAmount(text: string): number | null {
  const word = text.trim().toLowerCase();
  if (word === '' || word === 'unlimited' || word === 'none' || word === '∞' || word === '-1') {
    return -1;
  }
  const value = Number(word.replaceAll(',', ''));
  return Number.isFinite(value) && value >= 0 ? value : null;
}

/** Says when the projects of a department would deserve more together than the department. */
export function siblingWarning(
  node: Node,
  quota: number,
  projects: readonly Project[],
  departments: readonly Department[],
  view: { cluster: string; pool: string; unit: Unit },
): string | null {
  const department = projects.find(({ metadata }) => metadata.id === node.id)?.spec.department ?? '';
  const parent = departments.find(({ metadata }) => metadata.name === department);
  const { cluster, pool, unit } = view;
  const deserved = amountOf(quotaIn(parent?.spec.quotas, cluster, pool), unit).quota;
  if (parent === undefined || deserved < 0 || quota < 0) {
    return null;
  }
  const others = projects
    .filter(({ metadata, spec }) => spec.department === department && metadata.id !== node.id)
    .reduce((sum, { spec }) => sum + Math.max(0, amountOf(quotaIn(spec.quotas, cluster, pool), unit).quota), 0);
  const all = others + quota;
  return all > deserved
    ? `The projects of ${department} would deserve ${count(toPeople(unit, all))} of its ${count(toPeople(unit, deserved))} ${unitWord(unit)}.`
    : null;
}
