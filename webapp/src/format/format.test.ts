import { describe, expect, it } from 'vitest';
import { colourBook, COLOURS } from './colours';
import { count, gpus, gpuShare, ordinal, percent, plural, quota } from './numbers';
import { clock, duration, instant, moment } from './time';
import { phaseOf, reasonWord } from './words';

describe('numbers', () => {
  it.each([
    [8152, '8,152'],
    [-85, '−85'],
    [0, '0'],
    [null, '–'],
  ])('count(%s) is %s', (value, text) => expect(count(value)).toBe(text));

  it.each([
    [500, '0.5', '½'],
    [8000, '8', '8'],
    [333, '0.33', '0.33'],
    [250, '0.25', '¼'],
  ])('%s thousandths are %s in columns and %s in sentences', (milli, column, sentence) => {
    expect(gpus(milli)).toBe(column);
    expect(gpuShare(milli)).toBe(sentence);
  });

  it('says the rest', () => {
    expect(quota(-1)).toBe('unlimited');
    expect(percent(78, 96)).toBe('81%');
    expect(percent(1, 0)).toBe('–');
    expect(plural(1, 'pod')).toBe('1 pod');
    expect(plural(8152, 'pod')).toBe('8,152 pods');
    expect([1, 2, 3, 4, 11, 12, 13, 21, 112].map(ordinal)).toEqual(['1st', '2nd', '3rd', '4th', '11th', '12th', '13th', '21st', '112th']);
  });
});

describe('time', () => {
  it.each([
    [8_999, '8s'],
    [44 * 60_000, '44m'],
    [(3 * 60 + 2) * 60_000, '3h 02m'],
    [(3 * 24 + 2) * 3_600_000, '3d 02h'],
    [-5, '0s'],
    [null, '–'],
    [Number.NaN, '–'],
  ])('duration(%s) is %s', (millis, text) => expect(duration(millis)).toBe(text));

  it('gives today the time, this week the day, and else the date', () => {
    const now = new Date(2026, 10, 24, 12, 33, 7).getTime();
    expect(clock(now)).toBe('12:33:07');
    expect(moment(new Date(2026, 10, 24, 9, 2).getTime(), now)).toBe('09:02');
    expect(moment(new Date(2026, 10, 23, 16, 45).getTime(), now)).toBe('Mon 16:45');
    expect(moment(new Date(2026, 8, 1, 16, 45).getTime(), now)).toBe('1 Sep');
    expect(moment(new Date(2025, 8, 1, 16, 45).getTime(), now)).toBe('1 Sep 2025');
    expect(moment(null, now)).toBe('–');
    expect(instant('nonsense')).toBeNull();
  });
});

describe('words', () => {
  it('reads reasons and statuses', () => {
    expect(reasonWord('BehindFairShare')).toBe('Behind fair share');
    expect(reasonWord('')).toBe('');
    expect(phaseOf('Running')).toBe('Running');
    expect(phaseOf('pending')).toBe('Unknown');
  });
});

describe('project colours', () => {
  const names = ['vision', 'nlp', 'speech', 'recsys', 'search', 'robotics', 'ads', 'sim', 'bio', 'sandbox'];

  it('differ for up to ten projects, whatever their order', () => {
    const book = colourBook(names);
    expect(new Set(book.values()).size).toBe(COLOURS);
    expect(colourBook(names.toReversed())).toEqual(book);
  });

  it('are shared by more than ten', () => {
    expect(colourBook([...names, 'more', 'still-more']).size).toBe(12);
  });
});
