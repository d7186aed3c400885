import { cores, gibibytes, gpus } from '../format/numbers';

/** Units that quotas count in. */
export type Unit = 'gpuMilli' | 'cpuMilli' | 'memoryMib';

export const UNITS: readonly (readonly [Unit, string])[] = [
  ['gpuMilli', 'GPU'],
  ['cpuMilli', 'CPU'],
  ['memoryMib', 'Memory'],
];

/** A value of the contract as a person reads it. */
export function valueOf(field: string, text: string): string {
  const value = Number(text);
  if (text === '' || Number.isNaN(value)) {
    return text === '' ? 'none' : text;
  }
  switch (field) {
    case 'gpuMilli':
    case 'fractionMilli':
      return `${gpus(value)} GPU`;
    case 'cpuMilli':
      return cores(value);
    case 'memoryMib':
      return gibibytes(value);
    case 'devices':
      return `${value} GPUs`;
    default:
      return text;
  }
}

/** Whole GPUs, cores or GiB of a value of the contract; −1 stays. */
export function toPeople(unit: Unit, value: number): number {
  return value < 0 ? value : value / (unit === 'memoryMib' ? 1024 : 1000);
}

export function fromPeople(unit: Unit, value: number): number {
  return value < 0 ? -1 : Math.round(value * (unit === 'memoryMib' ? 1024 : 1000));
}

export function unitWord(unit: Unit): string {
  return unit === 'gpuMilli' ? 'GPUs' : unit === 'cpuMilli' ? 'cores' : 'GiB';
}
