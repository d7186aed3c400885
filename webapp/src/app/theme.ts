import { useSyncExternalStore } from 'react';

export type Choice = 'system' | 'light' | 'dark';

const KEY = 'berth.theme';
const watchers = new Set<() => void>();
const system = typeof matchMedia === 'undefined' ? null : matchMedia('(prefers-color-scheme: dark)');

function stored(): Choice {
  try {
    const value = localStorage.getItem(KEY);
    return value === 'light' || value === 'dark' ? value : 'system';
  } catch {
    return 'system';
  }
}

let choice: Choice = typeof localStorage === 'undefined' ? 'system' : stored();

function apply(): void {
  const dark = choice === 'dark' || (choice === 'system' && system?.matches === true);
  document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
  watchers.forEach((watcher) => watcher());
}

system?.addEventListener('change', apply);

export function chooseTheme(next: Choice): void {
  choice = next;
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // Storage may be forbidden; then the choice lasts as long as the page.
  }
  apply();
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

export function useThemeChoice(): Choice {
  return useSyncExternalStore(watch, () => choice);
}

/** The theme that is shown, for what is painted on a canvas. */
export function useTheme(): string {
  return useSyncExternalStore(watch, () => document.documentElement.dataset['theme'] ?? 'light');
}
