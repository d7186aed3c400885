import { useEffect, useRef, useSyncExternalStore } from 'react';
import type { LiveEvent } from './events';
import type { Freshness } from './freshness';
import { hub } from './hub';

export function useFreshness(): Freshness {
  return useSyncExternalStore(hub.watch, hub.freshness);
}

/** A number that grows when the page must read everything again. */
export function useRound(): number {
  return useSyncExternalStore(hub.watch, hub.round);
}

/** Calls with each batch of events, at most four times a second. */
export function useEvents(take: (events: readonly LiveEvent[]) => void): void {
  const latest = useRef(take);
  useEffect(() => {
    latest.current = take;
  });
  useEffect(() => hub.take((events) => latest.current(events)), []);
}
