import { useEffect, useState, type ReactElement, type ReactNode } from 'react';
import { Problem } from '../api/problem';
import { Button } from './Button';
import { Glyph } from './Glyph';
import css from './Notes.module.css';

/** What went wrong, beside its cause, with what to do and the id by which the server's log knows it. */
export function Failure({ problem, retry }: { problem: unknown; retry?: () => void }): ReactElement {
  const known = problem instanceof Problem ? problem : null;
  const message = known?.message ?? (problem instanceof Error ? problem.message : 'Something went wrong.');
  return (
    <div className={css.failure} role="alert">
      <Glyph shape="cross" tone="danger" />
      <div>
        <p className={css.strong}>{message}</p>
        {known?.hint ? <p>{known.hint}</p> : null}
        {known?.requestId ? <p className="muted">Request {known.requestId}</p> : null}
      </div>
      {retry === undefined ? null : <Button onClick={retry}>Try again</Button>}
    </div>
  );
}

export function Empty({ title, children }: { title: string; children?: ReactNode }): ReactElement {
  return (
    <div className={css.empty}>
      <p className={css.strong}>{title}</p>
      {children}
    </div>
  );
}

/** Bars of the final shape, shown only when the answer takes longer than 300 ms. */
export function Skeleton({ rows, height = 32 }: { rows: number; height?: number }): ReactElement {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 300);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div aria-busy="true" aria-label="Loading" role="status">
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className={css.skeleton} style={{ height }}>
          {late ? <i style={{ width: `${40 + ((row * 37) % 45)}%` }} /> : null}
        </div>
      ))}
    </div>
  );
}

export function Panel(props: { title: ReactNode; note?: ReactNode; children: ReactNode; className?: string | undefined }): ReactElement {
  return (
    <section className={`${css.panel} ${props.className ?? ''}`}>
      <div className={css.panelHead}>
        <h2>{props.title}</h2>
        {props.note === undefined ? null : <div className={css.note}>{props.note}</div>}
      </div>
      {props.children}
    </section>
  );
}
