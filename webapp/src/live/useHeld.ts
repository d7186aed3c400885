import { useMemo } from 'react';
import { statsOf } from '../map/stats';
import type { MapState } from './clusterMap';

const NOTHING: ReadonlyMap<string, number> = new Map();

/** Thousandths of GPUs that each project holds in a pool. */
export function useHeld(state: MapState | null, pool: string): ReadonlyMap<string, number> {
  return useMemo(
    () => (state === null ? NOTHING : new Map(statsOf(state, (node) => node.pool === pool).projects.map(({ name, milli }) => [name, milli]))),
    [state, pool],
  );
}
