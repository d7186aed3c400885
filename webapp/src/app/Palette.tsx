import { CornerDownLeft, FolderTree, Grid3x3, Layers, ListTree, Plus, Search, Server, type LucideIcon } from 'lucide-react';
import { useEffect, useRef, useState, type KeyboardEvent, type ReactElement } from 'react';
import { calls } from '../api/calls';
import type { Workload } from '../api/model';
import { Key } from '../components/Controls';
import { useOrganisation } from './organisation';
import { go } from './router';
import css from './Palette.module.css';

interface Hit {
  to: string;
  text: string;
  note: string;
  icon: LucideIcon;
}

const PLACES: readonly Hit[] = [
  { to: '/workloads/new', text: 'Submit a workload', note: 'action', icon: Plus },
  { to: '/workloads', text: 'Workloads', note: 'page', icon: Layers },
  { to: '/map', text: 'Cluster map', note: 'page', icon: Grid3x3 },
  { to: '/quotas', text: 'Quotas', note: 'page', icon: ListTree },
  { to: '/clusters', text: 'Clusters', note: 'page', icon: Server },
];

const LIMIT = 8;

/** ⌘K: workloads, projects, clusters and pages by a part of their name. */
export function Palette({ close }: { close: () => void }): ReactElement {
  const box = useRef<HTMLDialogElement>(null);
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const hits = useHits(text);
  const chosen = Math.min(at, hits.length - 1);

  useEffect(() => box.current?.showModal(), []);

  const open = (hit: Hit | undefined): void => {
    if (hit !== undefined) {
      close();
      go(hit.to);
    }
  };
  const pressed = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setAt((chosen + step + hits.length) % Math.max(1, hits.length));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      open(hits[chosen]);
    }
  };

  return (
    <dialog ref={box} className={css.palette} aria-label="Search or jump" onCancel={close} onClose={close}>
      <div className={css.input}>
        <Search size={16} aria-hidden />
        <input
          autoFocus
          role="combobox"
          aria-label="Search or jump"
          aria-expanded
          aria-controls="palette-hits"
          aria-activedescendant={hits.length > 0 ? `hit-${chosen}` : undefined}
          placeholder="Search or jump…"
          value={text}
          maxLength={100}
          onChange={(event) => {
            setText(event.target.value);
            setAt(0);
          }}
          onKeyDown={pressed}
        />
        <Key>esc</Key>
      </div>
      <div id="palette-hits" role="listbox" aria-label="Found" className={css.hits}>
        {hits.map(({ to, text: name, note, icon: Icon }, index) => (
          <div
            key={`${to} ${name}`}
            id={`hit-${index}`}
            role="option"
            aria-selected={index === chosen}
            className={css.hit}
            tabIndex={-1}
            onMouseMove={() => setAt(index)}
            onClick={() => open(hits[index])}
            onKeyDown={pressed}
          >
            <Icon size={16} strokeWidth={1.75} aria-hidden />
            <span>{name}</span>
            <span className="muted">{note}</span>
            {index === chosen ? <CornerDownLeft size={14} aria-hidden /> : null}
          </div>
        ))}
      </div>
      {hits.length === 0 ? <p className={css.none}>Nothing has “{text}” in its name.</p> : null}
    </dialog>
  );
}

function useHits(text: string): readonly Hit[] {
  const { projects, clusters } = useOrganisation();
  const workloads = useWorkloads(text.trim());
  const has = (name: string): boolean => name.toLowerCase().includes(text.trim().toLowerCase());
  if (text.trim() === '') {
    return PLACES;
  }
  return [
    ...workloads.map(({ metadata, spec }) => ({ to: `/workloads/${metadata.id}`, text: metadata.name, note: `workload of ${spec.project}`, icon: Layers })),
    ...projects
      .filter(({ metadata }) => has(metadata.name))
      .slice(0, LIMIT)
      .map(({ metadata }) => ({ to: `/workloads?project=${metadata.name}`, text: metadata.name, note: 'project', icon: FolderTree })),
    ...clusters
      .filter(({ metadata }) => has(metadata.name))
      .slice(0, LIMIT)
      .map(({ metadata }) => ({ to: `/map?cluster=${metadata.name}`, text: metadata.name, note: 'cluster', icon: Server })),
    ...PLACES.filter((place) => has(place.text)),
  ];
}

function useWorkloads(text: string): readonly Workload[] {
  const [found, setFound] = useState<readonly Workload[]>([]);
  useEffect(() => {
    const abort = new AbortController();
    const timer = setTimeout(() => {
      if (text === '') {
        setFound([]);
        return;
      }
      calls.workloads({ q: text, limit: LIMIT }, abort.signal).then(
        ({ items }) => setFound(items),
        () => setFound([]),
      );
    }, 120);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [text]);
  return found;
}
