import { useCallback, useSyncExternalStore, type MouseEvent } from 'react';

/** Where the reader is. All that a page shows is in here, so that a copied link shows the same. */
export interface Place {
  path: string;
  search: string;
}

const MOVED = 'berth:moved';

let place: Place = here();

function here(): Place {
  return typeof window === 'undefined' ? { path: '/', search: '' } : { path: location.pathname, search: location.search };
}

function refresh(): void {
  const next = here();
  if (next.path !== place.path || next.search !== place.search) {
    place = next;
  }
}

function watch(watcher: () => void): () => void {
  const moved = (): void => {
    refresh();
    watcher();
  };
  window.addEventListener('popstate', moved);
  window.addEventListener(MOVED, moved);
  return () => {
    window.removeEventListener('popstate', moved);
    window.removeEventListener(MOVED, moved);
  };
}

export function usePlace(): Place {
  return useSyncExternalStore(watch, () => place);
}

export function go(to: string, how: 'push' | 'replace' = 'push'): void {
  if (how === 'push') {
    history.pushState(null, '', to);
  } else {
    history.replaceState(null, '', to);
  }
  refresh();
  window.dispatchEvent(new Event(MOVED));
}

/** The query of the page, and a way to change parts of it: null removes a part. */
export function useQuery(): [URLSearchParams, (changes: Record<string, string | null>, how?: 'push' | 'replace') => void] {
  const { search } = usePlace();
  const change = useCallback((changes: Record<string, string | null>, how: 'push' | 'replace' = 'push') => {
    go(withQuery(location.pathname, location.search, changes), how);
  }, []);
  return [new URLSearchParams(search), change];
}

export function withQuery(path: string, search: string, changes: Record<string, string | null>): string {
  const query = new URLSearchParams(search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === '') {
      query.delete(name);
    } else {
      query.set(name, value);
    }
  }
  // Commas stand unescaped in a query; a link is read by people too.
  const text = query.toString().replaceAll('%2C', ',');
  return text === '' ? path : `${path}?${text}`;
}

/** A plain click on a link of ours moves without loading the page anew; all other clicks stay the browser's. */
export function follow(event: MouseEvent<HTMLAnchorElement>): void {
  const { button, metaKey, ctrlKey, shiftKey, altKey, currentTarget } = event;
  const ours = currentTarget.origin === location.origin && currentTarget.target === '';
  if (event.defaultPrevented || button !== 0 || metaKey || ctrlKey || shiftKey || altKey || !ours) {
    return;
  }
  event.preventDefault();
  go(currentTarget.pathname + currentTarget.search);
}
