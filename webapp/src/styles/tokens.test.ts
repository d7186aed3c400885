import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync('src/styles/tokens.css', 'utf8');
const [lightText = '', darkText = ''] = css.split("[data-theme='dark']");
const tokens = (text: string): Map<string, string> => new Map([...text.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name = '', colour = '']) => [name, colour]));
const light = tokens(lightText);
const dark = new Map([...light, ...tokens(darkText)]);

/** Relative luminance by WCAG 2. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(left: string, right: string): number {
  const [high = 0, low = 0] = [luminance(left), luminance(right)].toSorted((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

describe.each([
  ['light', light],
  ['dark', dark],
])('the %s tokens', (_theme, theme) => {
  const of = (name: string): string => theme.get(name) ?? '';
  const grounds = ['bg', 'surface', 'raised', 'sunken'];

  it.each(['text', 'muted', 'accent', 'ok', 'queued', 'info', 'warn', 'preempted', 'danger', 'idle'])('%s is read on every ground', (name) => {
    grounds.forEach((ground) => expect(contrast(of(name), of(ground))).toBeGreaterThanOrEqual(4.5));
  });

  it('borders of controls and project colours are seen', () => {
    ['bg', 'surface'].forEach((ground) => expect(contrast(of('border-strong'), of(ground))).toBeGreaterThanOrEqual(3));
    Array.from({ length: 10 }, (_, slot) => `p${slot}`).forEach((name) => expect(contrast(of(name), of('bg'))).toBeGreaterThanOrEqual(3));
  });

  it('text on filled buttons is read', () => {
    expect(contrast(of('on-accent'), of('accent'))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(of('on-danger'), of('danger'))).toBeGreaterThanOrEqual(4.5);
  });
});
