/** Numbers as people read them: thousands with a comma, a true minus, nothing as a dash. */
export const NOTHING = '–';

const plain = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });

export function count(value: number | null | undefined): string {
  return value === null || value === undefined ? NOTHING : plain.format(value).replace('-', '−');
}

/** 500 → `0.5`, 8000 → `8`: for columns, where digits line up. */
export function gpus(milli: number | null | undefined): string {
  return milli === null || milli === undefined ? NOTHING : count(Math.round(milli / 10) / 100);
}

/** A quota's number: −1 means that there is no bound. */
export function quota(milli: number): string {
  return milli < 0 ? 'unlimited' : gpus(milli);
}

const SIGNS: ReadonlyMap<number, string> = new Map([
  [250, '¼'],
  [500, '½'],
  [750, '¾'],
]);

/** 500 → `½`, for sentences and cells. */
export function gpuShare(milli: number): string {
  return SIGNS.get(milli) ?? gpus(milli);
}

export function percent(part: number, whole: number): string {
  return whole <= 0 ? NOTHING : `${Math.round((100 * part) / whole)}%`;
}

export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** 2 → `2nd`. */
export function ordinal(value: number): string {
  const tens = value % 100;
  const ending = tens >= 11 && tens <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][value % 10] ?? 'th');
  return `${count(value)}${ending}`;
}

/** MiB as GiB, with at most one decimal. */
export function gibibytes(mib: number): string {
  return `${count(Math.round((mib / 1024) * 10) / 10)} GiB`;
}

export function cores(milli: number): string {
  return plural(milli / 1000, 'core');
}
