import { useRef, type KeyboardEvent, type ReactElement, type ReactNode } from 'react';
import css from './Tabs.module.css';

/** Tabs by the pattern of WAI-ARIA: arrow keys move, and the shown one can be reached by Tab. */
export function Tabs<Value extends string>(props: {
  label: string;
  tabs: readonly (readonly [Value, string])[];
  value: Value;
  onChange: (value: Value) => void;
  note?: ReactNode;
}): ReactElement {
  const { label, tabs, value, onChange, note } = props;
  const list = useRef<HTMLDivElement>(null);
  const pressed = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const next = tabs[(tabs.findIndex(([tab]) => tab === value) + step + tabs.length) % tabs.length];
    if (step !== 0 && next !== undefined) {
      event.preventDefault();
      onChange(next[0]);
      list.current?.querySelector<HTMLElement>(`[data-tab="${next[0]}"]`)?.focus();
    }
  };
  return (
    <div className={css.bar}>
      <div ref={list} className={css.tabs} role="tablist" aria-label={label}>
        {tabs.map(([tab, text]) => (
          <button
            key={tab}
            type="button"
            role="tab"
            data-tab={tab}
            className={css.tab}
            aria-selected={tab === value}
            tabIndex={tab === value ? 0 : -1}
            onClick={() => onChange(tab)}
            onKeyDown={pressed}
          >
            {text}
          </button>
        ))}
      </div>
      {note}
    </div>
  );
}
