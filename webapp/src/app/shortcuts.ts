import { useEffect, useRef } from 'react';
import { go } from './router';

const PLACES: ReadonlyMap<string, string> = new Map([
  ['w', '/workloads'],
  ['m', '/map'],
  ['q', '/quotas'],
  ['h', '/'],
]);

/** A second key must follow `g` within this time. */
const PATIENCE = 1_000;

/** Whether the reader is typing, so that single keys are letters. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName) || target.closest('dialog') !== null)
  );
}

/** The keys that work on every page: ⌘K, `g w`, `g m`, `g q`, `c`. */
export function useShortcuts(search: () => void): void {
  const waiting = useRef(0);
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        search();
        return;
      }
      if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) {
        return;
      }
      const place = PLACES.get(event.key);
      if (place !== undefined && Date.now() - waiting.current < PATIENCE) {
        waiting.current = 0;
        go(place);
      } else if (event.key === 'g') {
        waiting.current = Date.now();
      } else if (event.key === 'c') {
        go('/workloads/new');
      }
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  });
}
