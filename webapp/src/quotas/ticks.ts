import { count } from '../format/numbers';

/** Five marks of the axis that all bars share: where, and what stands there. */
export function ticksOf(end: number): { at: number; text: string }[] {
  return [0, 1, 2, 3].map((step) => ({ at: step * 25, text: `${count((end * step) / 4000)}${step === 3 ? ' GPUs' : ''}` }));
}
