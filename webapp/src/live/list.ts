import type { Metadata } from '../api/model';
import type { Verb } from './events';

interface Identified {
  metadata: Metadata;
}

export interface Patch<Item> {
  type: Verb;
  object: Item;
}

/** Puts changed objects in the place of the old ones; order and length stay, new objects are left out. */
export function patchRows<Item extends Identified>(rows: readonly Item[], patches: readonly Patch<Item>[]): readonly Item[] {
  const newest = new Map(patches.filter(({ type }) => type !== 'DELETED').map(({ object }) => [object.metadata.id, object]));
  let changed = false;
  const next = rows.map((row) => {
    const object = newest.get(row.metadata.id);
    if (object === undefined || !isNewer(object, row)) {
      return row;
    }
    changed = true;
    return object;
  });
  return changed ? next : rows;
}

/**
 * A whole collection by id: new objects are added, deleted ones leave, older versions change nothing. One of the same version
 * does: what is computed from other objects, such as a project's usage, changes without a new version.
 */
export function mergeAll<Item extends Identified>(rows: readonly Item[], patches: readonly Patch<Item>[]): readonly Item[] {
  if (patches.length === 0) {
    return rows;
  }
  const byId = new Map(rows.map((row) => [row.metadata.id, row]));
  for (const { type, object } of patches) {
    const before = byId.get(object.metadata.id);
    if (type === 'DELETED') {
      byId.delete(object.metadata.id);
    } else if (before === undefined || !isNewer(before, object)) {
      byId.set(object.metadata.id, object);
    }
  }
  return [...byId.values()];
}

export function isNewer(left: Identified, right: Identified): boolean {
  return left.metadata.version > right.metadata.version;
}
