import { problemOf, unreachable } from './problem';

/** Path of the API; the console is served from the same origin. */
const BASE = '/api/v1';

let csrfToken = '';
let whenSignedOut: () => void = () => undefined;

export function setCsrfToken(token: string): void {
  csrfToken = token;
}

/** Called when the session has ended, so that the sign-in page may take over. */
export function onSignedOut(action: () => void): void {
  whenSignedOut = action;
}

export type Query = Record<string, string | number | boolean | undefined>;

export interface Call {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  query?: Query;
  body?: unknown;
  ifMatch?: string | undefined;
  signal?: AbortSignal | undefined;
  /** Sign-in itself: a 401 there is an answer, not the end of a session. */
  anonymous?: boolean;
}

/** Sends one request and reads its JSON; refusals are thrown as Problem. */
export async function request<Answer>(path: string, call: Call = {}): Promise<Answer> {
  const response = await send(path, call);
  const text = await response.text();
  const body: unknown = text === '' ? null : parse(text);
  if (!response.ok) {
    if (response.status === 401 && call.anonymous !== true) {
      whenSignedOut();
    }
    throw problemOf(response.status, body, response.headers.get('X-Request-Id') ?? '');
  }
  return body as Answer;
}

/** Opens a body of text that comes as it is written; refusals are thrown as Problem. */
export async function stream(path: string, call: Call): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  const response = await send(path, call);
  if (response.ok && response.body !== null) {
    return response.body;
  }
  if (response.status === 401) {
    whenSignedOut();
  }
  throw problemOf(response.status, parse(await response.text()), response.headers.get('X-Request-Id') ?? '');
}

async function send(path: string, call: Call): Promise<Response> {
  try {
    return await fetch(BASE + path + queryString(call.query), {
      method: call.method ?? 'GET',
      headers: headers(call),
      body: call.body === undefined ? null : JSON.stringify(call.body),
      credentials: 'same-origin',
      signal: call.signal ?? null,
    });
  } catch (failure) {
    if (failure instanceof DOMException && failure.name === 'AbortError') {
      throw failure;
    }
    throw unreachable();
  }
}

function headers(call: Call): Record<string, string> {
  const all: Record<string, string> = { Accept: 'application/json' };
  if (call.body !== undefined) {
    all['Content-Type'] = 'application/json';
  }
  if (call.method !== undefined && call.method !== 'GET' && csrfToken !== '') {
    all['X-CSRF-Token'] = csrfToken;
  }
  if (call.method === 'POST') {
    all['Idempotency-Key'] = crypto.randomUUID?.() ?? randomKey();
  }
  if (call.ifMatch !== undefined) {
    all['If-Match'] = call.ifMatch;
  }
  return all;
}

/** Plain HTTP on another host has no randomUUID, but has random values. */
function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function queryString(query: Query | undefined): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== '') {
      parameters.set(name, String(value));
    }
  }
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
