import { useId, type ReactElement, type ReactNode } from 'react';
import { Glyph } from './Glyph';
import css from './Field.module.css';

/** What an input must carry to belong to its label and its complaint. */
export interface FieldProps {
  id: string;
  className: string | undefined;
  'aria-invalid': boolean;
  'aria-describedby': string | undefined;
}

/** A label, its input, and the complaint beside it. */
export function Field(props: {
  label: string;
  error?: string | undefined;
  hint?: ReactNode;
  stacked?: boolean;
  mono?: boolean;
  children: (field: FieldProps) => ReactNode;
}): ReactElement {
  const { label, error, hint, stacked = false, mono = false, children } = props;
  const id = useId();
  const note = `${id}-note`;
  const noted = error !== undefined || hint !== undefined;
  return (
    <div className={stacked ? css.stacked : css.field}>
      <label htmlFor={id} className={css.label}>
        {label}
      </label>
      <div className={css.control}>
        {children({
          id,
          className: `${css.input} ${mono ? css.mono : ''}`,
          'aria-invalid': error !== undefined,
          'aria-describedby': noted ? note : undefined,
        })}
        {noted ? (
          <p id={note} className={error === undefined ? css.hint : css.error} role={error === undefined ? undefined : 'alert'}>
            {error === undefined ? null : <Glyph shape="cross" tone="danger" />}
            {error ?? hint}
          </p>
        ) : null}
      </div>
    </div>
  );
}

/** A labelled row for a group of controls that bring their own names. */
export function Row({ label, children }: { label: string; children: ReactNode }): ReactElement {
  return (
    <div className={css.field}>
      <span className={css.label} aria-hidden="true">
        {label}
      </span>
      <div className={css.row}>{children}</div>
    </div>
  );
}
