import { ChevronDown } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import css from './Controls.module.css';

interface Option {
  value: string;
  label: string;
}

/** The browser's own list, dressed as the design's button: `Pool a100 ▾`. */
export function Select(props: {
  label: string;
  value: string;
  options: readonly Option[];
  onChange: (value: string) => void;
  bare?: boolean;
}): ReactElement {
  const { label, value, options, onChange, bare = false } = props;
  const shown = options.find((option) => option.value === value)?.label ?? value;
  return (
    <label className={`${css.select} ${bare ? css.bare : ''}`}>
      <span className={bare ? 'visually-hidden' : css.selectLabel}>{label}</span>
      <span className={css.selectValue} aria-hidden="true">
        {shown}
      </span>
      <ChevronDown size={14} aria-hidden className={css.chevron} />
      <select value={value} onChange={(event) => onChange(event.target.value)}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  );
}

/** A few choices side by side, one of them taken. */
export function Segmented<Value extends string>(props: {
  label: string;
  value: Value;
  options: readonly (readonly [Value, string])[];
  onChange: (value: Value) => void;
  hideLabel?: boolean;
}): ReactElement {
  const { label, value, options, onChange, hideLabel = false } = props;
  return (
    <fieldset className={css.segmented}>
      <legend className={hideLabel ? 'visually-hidden' : css.segmentedLabel}>{label}</legend>
      <div className={css.segments}>
        {options.map(([option, text]) => (
          <label key={option} className={css.segment}>
            <input type="radio" name={label} value={option} checked={option === value} onChange={() => onChange(option)} />
            <span>{text}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

export function Checkbox(props: {
  checked: boolean;
  onChange: (checked: boolean) => void;
  children: ReactNode;
  hideLabel?: boolean;
  some?: boolean;
}): ReactElement {
  const { checked, onChange, children, hideLabel = false, some = false } = props;
  return (
    <label className={css.checkbox}>
      <input
        type="checkbox"
        checked={checked}
        ref={(box) => {
          if (box !== null) {
            box.indeterminate = some && !checked;
          }
        }}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span className={hideLabel ? 'visually-hidden' : undefined}>{children}</span>
    </label>
  );
}

export function Switch(props: { checked: boolean; onChange: (on: boolean) => void; label: string; describedBy?: string }): ReactElement {
  return (
    <button
      type="button"
      role="switch"
      className={css.switch}
      aria-checked={props.checked}
      aria-label={props.label}
      aria-describedby={props.describedBy}
      onClick={() => props.onChange(!props.checked)}
    />
  );
}

/** The coloured square and the name of a project. */
export function ProjectName({ name, colour }: { name: string; colour: number }): ReactElement {
  return (
    <span className={`${css.project} c${colour}`}>
      <i className={css.square} />
      {name}
    </span>
  );
}

export function Square({ colour }: { colour: number }): ReactElement {
  return <i className={`${css.square} c${colour}`} />;
}

export function Key({ children }: { children: ReactNode }): ReactElement {
  return <kbd className={css.key}>{children}</kbd>;
}
