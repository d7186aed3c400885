import type { ReactElement } from 'react';
import type { Phase } from '../format/words';
import css from './Glyph.module.css';

export type Tone = 'ok' | 'queued' | 'info' | 'warn' | 'preempted' | 'danger' | 'idle';
export type Shape = 'dot' | 'clock' | 'dashes' | 'turn' | 'cross' | 'tick' | 'ring' | 'square' | 'question' | 'triangle';

const SHAPES: Record<Shape, ReactElement> = {
  dot: <circle cx="7" cy="7" r="4" fill="currentColor" />,
  clock: (
    <>
      <circle cx="7" cy="7" r="5" className={css.line} />
      <path d="M7 7V3.6A3.4 3.4 0 0 1 10.4 7Z" fill="currentColor" />
    </>
  ),
  dashes: <circle cx="7" cy="7" r="5" className={css.line} strokeDasharray="2.6 2.64" />,
  turn: <path d="M3 2.2v3h3M3.3 5A4.7 4.7 0 1 1 2.4 8" className={css.line} />,
  cross: <path d="m3 3 8 8m0-8-8 8" className={css.line} />,
  tick: <path d="m2.4 7.4 3.2 3.2 6-6.6" className={css.line} />,
  ring: <circle cx="7" cy="7" r="4.6" className={css.line} />,
  square: <rect x="2.8" y="2.8" width="8.4" height="8.4" rx="1" className={css.line} />,
  question: <path d="M4.6 5a2.4 2.4 0 1 1 3.5 2.1c-.8.4-1.1.8-1.1 1.7M7 11v.4" className={css.line} />,
  triangle: <path d="M7 2.4 12.2 11.4H1.8Z" fill="currentColor" />,
};

const PHASES: Record<Phase, [Shape, Tone]> = {
  Queued: ['clock', 'queued'],
  Starting: ['dashes', 'info'],
  Running: ['dot', 'ok'],
  Suspended: ['ring', 'idle'],
  Preempted: ['turn', 'preempted'],
  Succeeded: ['tick', 'ok'],
  Failed: ['cross', 'danger'],
  Stopping: ['square', 'idle'],
  Unknown: ['question', 'idle'],
};

/** A sign of 14 px; its shape alone tells it from the others. */
export function Glyph({ shape, tone }: { shape: Shape; tone: Tone }): ReactElement {
  return (
    <svg className={`${css.glyph} ${css[tone]}`} width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
      {SHAPES[shape]}
    </svg>
  );
}

export function toneOf(phase: Phase): Tone {
  return PHASES[phase][1];
}

/** A status: sign, word and colour together. */
export function PhaseWord({ phase }: { phase: Phase }): ReactElement {
  const [shape, tone] = PHASES[phase];
  return (
    <span className={`${css.status} ${css[tone]}`}>
      <Glyph shape={shape} tone={tone} />
      {phase}
    </span>
  );
}

export function PhaseGlyph({ phase }: { phase: Phase }): ReactElement {
  const [shape, tone] = PHASES[phase];
  return <Glyph shape={shape} tone={tone} />;
}
