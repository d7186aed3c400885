import { useEffect, useRef, type ReactElement } from 'react';
import { useTheme } from '../app/theme';
import css from './SignIn.module.css';

const CELL_W = 13;
const CELL_H = 32;
const PITCH_X = 130;
const PITCH_Y = 56;

/** Nodes and their GPUs from a fixed seed, still: decoration, and hidden from assistive technology. */
export function CellPattern(): ReactElement {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  useEffect(() => {
    const target = canvas.current;
    if (target === null) {
      return undefined;
    }
    const draw = (): void => paint(target);
    draw();
    const observer = new ResizeObserver(draw);
    observer.observe(target);
    return () => observer.disconnect();
  }, [theme]);
  return <canvas ref={canvas} className={css.pattern} aria-hidden="true" />;
}

function paint(canvas: HTMLCanvasElement): void {
  const { clientWidth: width, clientHeight: height } = canvas;
  const ratio = window.devicePixelRatio;
  canvas.width = width * ratio;
  canvas.height = height * ratio;
  const pen = canvas.getContext('2d');
  if (pen === null) {
    return;
  }
  const style = getComputedStyle(canvas);
  const colour = (name: string): string => style.getPropertyValue(name);
  pen.scale(ratio, ratio);
  const random = seeded(20);
  for (let y = -CELL_H / 2; y < height; y += PITCH_Y) {
    let project = Math.floor(random() * 10);
    for (let x = -30; x < width; x += PITCH_X) {
      project = random() < 0.4 ? Math.floor(random() * 10) : project;
      const held = random() < 0.25 ? 0 : random() < 0.7 ? 8 : Math.floor(random() * 8);
      const use = 0.3 + random() * 0.65;
      for (let gpu = 0; gpu < 8; gpu += 1) {
        const left = x + gpu * (CELL_W + 1.5) + (gpu >= 4 ? 5 : 0);
        const fade = Math.min(1, Math.max(0.25, left / width + 0.2));
        if (gpu < held) {
          const full = CELL_H * Math.min(1, use + random() * 0.08);
          box(pen, colour(`--p${project}`), 0.22 * fade, left, y, CELL_H);
          box(pen, colour(`--p${project}`), 0.6 * fade, left, y + CELL_H - full, full);
        } else {
          pen.globalAlpha = 1;
          pen.strokeStyle = colour('--border');
          pen.strokeRect(left + 0.5, y + 0.5, CELL_W - 1, CELL_H - 1);
        }
      }
    }
  }
}

function box(pen: CanvasRenderingContext2D, colour: string, alpha: number, x: number, y: number, height: number): void {
  pen.globalAlpha = alpha;
  pen.fillStyle = colour;
  pen.fillRect(x, y, CELL_W, height);
}

/** Mulberry32: small, and the same on every machine. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
