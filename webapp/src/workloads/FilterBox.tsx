import { ListFilter, X } from 'lucide-react';
import { useEffect, useRef, useState, type KeyboardEvent, type ReactElement } from 'react';
import { isTyping } from '../app/shortcuts';
import { Key } from '../components/Controls';
import { LISTS, typed, type Filters, type ListName } from './filters';
import css from './FilterBox.module.css';

/** Filters as chips, and a line to add one. `/` leads here. */
export function FilterBox({ filters, set }: { filters: Filters; set: (changes: Partial<Filters>) => void }): ReactElement {
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState(false);

  useEffect(() => {
    const pressed = (event: globalThis.KeyboardEvent): void => {
      if (event.key === '/' && !event.metaKey && !event.ctrlKey && !isTyping(event.target)) {
        event.preventDefault();
        input.current?.focus();
      }
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, []);

  const pressed = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && text.trim() !== '') {
      const changes = typed(filters, text);
      setWrong(changes === null);
      if (changes !== null) {
        setText('');
        set(changes);
      }
    } else if (event.key === 'Backspace' && text === '') {
      const last = LISTS.filter((name) => filters[name].length > 0).at(-1);
      if (filters.q !== '') {
        set({ q: '' });
      } else if (last !== undefined) {
        set({ [last]: [] });
      }
    } else if (event.key === 'Escape') {
      input.current?.blur();
    }
  };

  return (
    <div className={css.box}>
      <ListFilter size={14} aria-hidden />
      {LISTS.filter((name) => filters[name].length > 0).map((name) => (
        <Chip key={name} name={name} value={wordsOf(name, filters[name])} remove={() => set({ [name]: [] })} />
      ))}
      {filters.q === '' ? null : <Chip name="name" verb="has" value={filters.q} remove={() => set({ q: '' })} />}
      <input
        ref={input}
        className={css.input}
        aria-label="Add a filter: part of a name, or status:, project:, cluster:, pool:, reason:"
        aria-invalid={wrong}
        placeholder="Add filter…"
        value={text}
        maxLength={200}
        onChange={(event) => {
          setText(event.target.value);
          setWrong(false);
        }}
        onKeyDown={pressed}
      />
      {wrong ? (
        <span className={css.wrong} role="alert">
          Write a part of a name, or status:, project:, cluster:, pool: or reason: with values.
        </span>
      ) : (
        <Key>/</Key>
      )}
    </div>
  );
}

function wordsOf(name: ListName, values: readonly string[]): string {
  const text = values.join(', ');
  return name === 'status' ? text.toLowerCase() : text;
}

function Chip({ name, value, remove, verb = 'is' }: { name: string; value: string; remove: () => void; verb?: string }): ReactElement {
  return (
    <span className={css.chip}>
      <span className="muted">
        {name} {verb}
      </span>{' '}
      {value}
      <button type="button" aria-label={`Remove the filter ${name} ${verb} ${value}`} onClick={remove}>
        <X size={12} aria-hidden />
      </button>
    </span>
  );
}
