import type { Workload } from '../api/model';
import type { Patch } from './list';
import { patchRows } from './list';

/** What the table of workloads shows: one page of the server, patched in place. */
export interface Rows {
  items: readonly Workload[];
  /** New objects that the filter might let in, not shown yet. */
  fresh: ReadonlySet<string>;
  /** Cells that changed a moment ago: `id` → when. */
  changed: ReadonlyMap<string, number>;
}

export const NO_ROWS: Rows = { items: [], fresh: new Set(), changed: new Map() };

/** So long a changed row is tinted. */
export const TINT = 600;

/** How many new ids are remembered; above it the pill says "999+". */
const MOST_FRESH = 1000;

/** Order does not change under the pointer: known rows change in place, new ones are only counted. */
export function patchWorkloads(
  rows: Rows,
  patches: readonly Patch<Workload>[],
  admits: (workload: Workload) => boolean,
  now: number,
): Rows {
  const items = patchRows(rows.items, patches);
  const known = new Set(items.map(({ metadata }) => metadata.id));
  const fresh = new Set(rows.fresh);
  for (const { type, object } of patches) {
    if (type === 'ADDED' && !known.has(object.metadata.id) && admits(object) && fresh.size < MOST_FRESH) {
      fresh.add(object.metadata.id);
    } else if (type === 'DELETED') {
      fresh.delete(object.metadata.id);
    }
  }
  const changed = new Map([...rows.changed].filter(([, at]) => now - at < TINT));
  items.forEach((item, index) => {
    const before = rows.items[index];
    if (before !== undefined && before !== item && isVisibleChange(before, item)) {
      changed.set(item.metadata.id, now);
    }
  });
  return { items, fresh, changed };
}

function isVisibleChange(before: Workload, after: Workload): boolean {
  return before.status.phase !== after.status.phase || before.status.reason !== after.status.reason;
}
