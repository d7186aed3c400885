import { NOTHING } from './numbers';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Two units at most: `8s`, `44m`, `3h 12m`, `3d 02h`. */
export function duration(millis: number | null | undefined): string {
  if (millis === null || millis === undefined || !Number.isFinite(millis)) {
    return NOTHING;
  }
  const time = Math.max(0, millis);
  if (time < MINUTE) {
    return `${Math.floor(time / SECOND)}s`;
  }
  if (time < HOUR) {
    return `${Math.floor(time / MINUTE)}m`;
  }
  if (time < DAY) {
    return `${Math.floor(time / HOUR)}h ${two(Math.floor((time % HOUR) / MINUTE))}m`;
  }
  return `${Math.floor(time / DAY)}d ${two(Math.floor((time % DAY) / HOUR))}h`;
}

/** `12:33:07` in the local zone. */
export function clock(millis: number): string {
  const date = new Date(millis);
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Today the time alone, this week with the day, before that the date. */
export function moment(millis: number | null, now: number): string {
  if (millis === null) {
    return NOTHING;
  }
  const date = new Date(millis);
  const today = new Date(now);
  const time = `${two(date.getHours())}:${two(date.getMinutes())}`;
  if (date.toDateString() === today.toDateString()) {
    return time;
  }
  if (Math.abs(now - millis) < 6 * DAY) {
    return `${WEEKDAYS[date.getDay()]} ${time}`;
  }
  const year = date.getFullYear() === today.getFullYear() ? '' : ` ${date.getFullYear()}`;
  return `${date.getDate()} ${MONTHS[date.getMonth()]}${year}`;
}

/** Name of the local zone, said once per page. */
export function zone(now: number): string {
  const offset = -new Date(now).getTimezoneOffset();
  if (offset === 0) {
    return 'UTC';
  }
  const hours = Math.trunc(Math.abs(offset) / 60);
  const minutes = Math.abs(offset) % 60;
  return `UTC${offset < 0 ? '−' : '+'}${hours}${minutes === 0 ? '' : `:${two(minutes)}`}`;
}

/** An RFC 3339 time in milliseconds, or null where there is none. */
export function instant(text: string | null | undefined): number | null {
  if (text === null || text === undefined || text === '') {
    return null;
  }
  const millis = Date.parse(text);
  return Number.isNaN(millis) ? null : millis;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
