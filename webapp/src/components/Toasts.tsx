import { X } from 'lucide-react';
import { useSyncExternalStore, type ReactElement } from 'react';
import { IconButton } from './Button';
import { Glyph } from './Glyph';
import css from './Toasts.module.css';

interface Toast {
  id: number;
  text: string;
  tone: 'ok' | 'danger';
}

const SHOWN = 8_000;
const MOST = 4;

let toasts: readonly Toast[] = [];
let last = 0;
const watchers = new Set<() => void>();

function set(next: readonly Toast[]): void {
  toasts = next;
  watchers.forEach((watcher) => watcher());
}

function drop(id: number): void {
  set(toasts.filter((toast) => toast.id !== id));
}

/** Says in a corner what has been done. */
export function toast(text: string, tone: 'ok' | 'danger' = 'ok'): void {
  last += 1;
  const id = last;
  set([...toasts, { id, text, tone }].slice(-MOST));
  setTimeout(() => drop(id), SHOWN);
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

export function Toasts(): ReactElement {
  const shown = useSyncExternalStore(watch, () => toasts);
  return (
    <div className={css.toasts} role="status" aria-live="polite">
      {shown.map(({ id, text, tone }) => (
        <div key={id} className={css.toast}>
          <Glyph shape={tone === 'ok' ? 'tick' : 'cross'} tone={tone} />
          <span>{text}</span>
          <IconButton name="Dismiss" look="quiet" size="small" icon={<X size={14} aria-hidden />} onClick={() => drop(id)} />
        </div>
      ))}
    </div>
  );
}
