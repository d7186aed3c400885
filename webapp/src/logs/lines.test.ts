import { describe, expect, it } from 'vitest';
import { append, clean, found, MOST_CHARS, NO_LINES } from './lines';

describe('lines of a log', () => {
  it('come together from pieces', () => {
    const lines = append(append(append(NO_LINES, 'one\ntw'), 'o'), '\nthree');
    expect(lines.kept).toEqual(['one', 'two']);
    expect(lines.open).toBe('three');
  });

  it('are kept up to a bound, and keep their numbers', () => {
    const lines = append(NO_LINES, 'a\nb\nc\nd\n', 2);
    expect(lines.kept).toEqual(['c', 'd']);
    expect(found(lines, '')).toEqual([
      { number: 3, text: 'c' },
      { number: 4, text: 'd' },
    ]);
  });

  it('are cut when they are endless, also before their end has come', () => {
    const lines = append(NO_LINES, 'x'.repeat(3 * MOST_CHARS));
    expect(lines.open.length).toBe(MOST_CHARS + 1);
    expect(append(lines, '\n').kept[0]?.length).toBeLessThanOrEqual(MOST_CHARS + 1);
  });

  it('lose what steers terminals', () => {
    expect(clean('\u001b[31mred\u001b[0m\u0007 <b>\r')).toBe('red <b>');
  });

  it('are found by words in any case', () => {
    const lines = append(NO_LINES, 'Step 1\nloss 2\nstep 3\n');
    expect(found(lines, ' STEP ').map(({ number }) => number)).toEqual([1, 3]);
  });
});
