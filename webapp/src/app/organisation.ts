import { createContext, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { calls } from '../api/calls';
import type { Cluster, Department, Project } from '../api/model';
import { colourBook, colourOf } from '../format/colours';
import { ofTopic } from '../live/events';
import { mergeAll } from '../live/list';
import { useEvents, useRound } from '../live/useLive';

/** What nearly every page needs to know: departments, projects and clusters, kept fresh by the stream. */
export interface Organisation {
  ready: boolean;
  departments: readonly Department[];
  projects: readonly Project[];
  clusters: readonly Cluster[];
  colour(project: string): number;
  put(change: { departments?: Department; projects?: Project; clusters?: Cluster }): void;
  failure: unknown;
  retry(): void;
}

interface Lists {
  departments: readonly Department[];
  projects: readonly Project[];
  clusters: readonly Cluster[];
}

/** Without these lists no page is whole, so they are asked for again by themselves. */
const RETRY = 15_000;

const NONE: Lists = { departments: [], projects: [], clusters: [] };

export const OrganisationContext = createContext<Organisation | null>(null);

export function useOrganisation(): Organisation {
  const organisation = useContext(OrganisationContext);
  if (organisation === null) {
    throw new Error('The organisation is not provided here.');
  }
  return organisation;
}

/** Keeps the three lists; used once, by the frame. */
export function useOrganisationState(): Organisation {
  const round = useRound();
  const [lists, setLists] = useState<Lists | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const [turn, setTurn] = useState(0);
  const retry = useCallback(() => setTurn((before) => before + 1), []);

  useEffect(() => {
    let wanted = true;
    let again: ReturnType<typeof setTimeout> | undefined;
    Promise.all([calls.departments(), calls.projects(), calls.clusters()]).then(
      ([departments, projects, clusters]) => {
        if (wanted) {
          setLists({ departments: byName(departments), projects: byName(projects), clusters: byName(clusters) });
          setFailure(null);
        }
      },
      (problem: unknown) => {
        if (wanted) {
          setFailure(problem);
          again = setTimeout(retry, RETRY);
        }
      },
    );
    return () => {
      wanted = false;
      clearTimeout(again);
    };
  }, [round, turn, retry]);

  useEvents((events) => {
    const projects = ofTopic(events, 'projects');
    const clusters = ofTopic(events, 'clusters');
    if (projects.length + clusters.length > 0) {
      setLists((old) =>
        old === null
          ? old
          : { ...old, projects: byName(mergeAll(old.projects, projects)), clusters: byName(mergeAll(old.clusters, clusters)) },
      );
    }
  });

  const put = useCallback((change: { departments?: Department; projects?: Project; clusters?: Cluster }) => {
    setLists((old) => ({
      departments: putOne((old ?? NONE).departments, change.departments),
      projects: putOne((old ?? NONE).projects, change.projects),
      clusters: putOne((old ?? NONE).clusters, change.clusters),
    }));
  }, []);

  const names = (lists ?? NONE).projects.map(({ metadata }) => metadata.name).join('\n');
  const colours = useMemo(() => colourBook(names === '' ? [] : names.split('\n')), [names]);
  // One function as long as the names stay: what is painted by colour is painted anew when it changes.
  const colour = useCallback((project: string) => colourOf(colours, project), [colours]);
  return useMemo(
    () => ({ ...(lists ?? NONE), ready: lists !== null, colour, put, failure, retry }),
    [lists, colour, put, failure, retry],
  );
}

function putOne<Item extends Department | Project | Cluster>(rows: readonly Item[], item: Item | undefined): readonly Item[] {
  return item === undefined ? rows : byName([...rows.filter(({ metadata }) => metadata.id !== item.metadata.id), item]);
}

function byName<Item extends Department | Project | Cluster>(rows: readonly Item[]): readonly Item[] {
  return rows.toSorted((left, right) => left.metadata.name.localeCompare(right.metadata.name));
}
