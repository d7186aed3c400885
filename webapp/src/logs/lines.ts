/** Lines kept; older ones go, so that a log of any length costs the page the same. */
export const MOST_LINES = 5_000;
/** A line longer than this is cut: no person reads it, and the page would stand still. */
export const MOST_CHARS = 4_000;
/** How the server's last line begins when the stream ended before the log did. */
export const ENDED = 'berth: stream ended: ';

export interface Lines {
  /** Number of the first line that is kept. */
  readonly first: number;
  readonly kept: readonly string[];
  /** A line whose end has not come. */
  readonly open: string;
}

export const NO_LINES: Lines = { first: 1, kept: [], open: '' };

/** Adds text as it came, in pieces of any size. */
export function append(lines: Lines, text: string, most = MOST_LINES): Lines {
  const parts = (lines.open + text).split('\n');
  const open = cut(parts.pop() ?? '');
  const all = parts.length === 0 ? lines.kept : [...lines.kept, ...parts.map((line) => cut(clean(line)))];
  const dropped = Math.max(0, all.length - most);
  return { first: lines.first + dropped, kept: dropped === 0 ? all : all.slice(dropped), open };
}

/** Colours and cursor movements of terminals say nothing on a page; nor do other control characters. */
export function clean(line: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  return line.replace(/\u001b\[[0-9;?]*[ -/]*[@-~]/g, '').replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '');
}

function cut(line: string): string {
  return line.length > MOST_CHARS ? `${line.slice(0, MOST_CHARS)}…` : line;
}

/** The lines that hold the words, with their numbers. */
export function found(lines: Lines, words: string): readonly { number: number; text: string }[] {
  const wanted = words.trim().toLowerCase();
  return lines.kept
    .map((text, index) => ({ number: lines.first + index, text }))
    .filter(({ text }) => wanted === '' || text.toLowerCase().includes(wanted));
}
