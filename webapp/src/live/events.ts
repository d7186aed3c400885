import type { Cluster, ClusterNode, Project, Workload } from '../api/model';

/** What each topic of /watch carries. */
export interface Topics {
  workloads: Workload;
  nodes: ClusterNode;
  clusters: Cluster;
  projects: Project;
}

export type Topic = keyof Topics;

export const TOPICS: readonly Topic[] = ['workloads', 'nodes', 'clusters', 'projects'];

export type Verb = 'ADDED' | 'MODIFIED' | 'DELETED';

export type LiveEvent = { [T in Topic]: { topic: T; type: Verb; object: Topics[T] } }[Topic];

const VERBS: ReadonlySet<string> = new Set(['ADDED', 'MODIFIED', 'DELETED']);

/** Reads the data of one message; anything else than a known event (a bookmark, a topic of later) gives null. */
export function eventOf(data: string): LiveEvent | null {
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    return null;
  }
  return isEvent(value) ? value : null;
}

function isEvent(value: unknown): value is LiveEvent {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  const { topic, type, object } = value as { topic?: unknown; type?: unknown; object?: unknown };
  return (
    TOPICS.some((known) => known === topic) &&
    typeof type === 'string' &&
    VERBS.has(type) &&
    typeof object === 'object' &&
    object !== null &&
    'metadata' in object
  );
}

export function keyOf(event: LiveEvent): string {
  return `${event.topic}/${event.object.metadata.id}`;
}

export type Queue = ReadonlyMap<string, LiveEvent>;

/** Adds an event to those that wait for the next paint: of one object only the newest stays. */
export function enqueue(queue: Map<string, LiveEvent>, event: LiveEvent): void {
  const key = keyOf(event);
  const before = queue.get(key);
  queue.delete(key);
  // An object that the page has not seen yet stays new, however often it changes before the page does.
  const type = before?.type === 'ADDED' && event.type === 'MODIFIED' ? 'ADDED' : event.type;
  queue.set(key, { ...event, type } as LiveEvent);
}

/** The events of one topic, with their types. */
export function ofTopic<T extends Topic>(
  events: readonly LiveEvent[],
  topic: T,
): { type: Verb; object: Topics[T] }[] {
  return events.filter((event) => event.topic === topic) as { topic: T; type: Verb; object: Topics[T] }[];
}
