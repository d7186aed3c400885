/** What is known about the stream. */
export interface Link {
  connected: boolean;
  /** When the stream last said anything, a heartbeat counts; null before the first word. */
  heardAt: number | null;
}

export type Freshness =
  | { kind: 'connecting' }
  | { kind: 'live' }
  | { kind: 'reconnecting'; asOf: number }
  | { kind: 'stale'; asOf: number };

/** Two heartbeats of 5 s and some slack: a stream that is silent for longer is taken as broken. */
export const SILENCE = 12_000;

/** After this the page says that what it shows is old. */
export const STALE_AFTER = 10_000;

export function freshness(link: Link, now: number): Freshness {
  if (link.heardAt === null) {
    return { kind: 'connecting' };
  }
  const age = now - link.heardAt;
  if (link.connected && age <= SILENCE) {
    return { kind: 'live' };
  }
  return age > STALE_AFTER ? { kind: 'stale', asOf: link.heardAt } : { kind: 'reconnecting', asOf: link.heardAt };
}

/** Milliseconds before the next attempt: doubled from half a second up to ten, spread by up to a half of it. */
export function backoff(attempt: number, random: number): number {
  const base = Math.min(10_000, 500 * 2 ** Math.min(attempt, 10));
  return base / 2 + (random * base) / 2;
}
