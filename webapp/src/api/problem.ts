/** One field's complaint; the pointer is a JSON pointer into the body that was sent. */
export interface FieldError {
  pointer: string;
  detail: string;
}

/** An answer of RFC 9457, as every refusal of the API is. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly code: string,
    readonly hint: string,
    readonly errors: readonly FieldError[],
    readonly requestId: string,
    /** On 412 the object as it is now, where the server sends it. */
    readonly current: unknown,
  ) {
    super(detail || title);
  }

  /** The complaint about one field, by the end of its pointer. */
  of(field: string): string | undefined {
    return this.errors.find((error) => error.pointer === field || error.pointer.endsWith(field))?.detail;
  }
}

type Body = Partial<Record<string, unknown>>;

/** Reads a refusal out of any body, also out of one that is no problem document. */
export function problemOf(status: number, body: unknown, requestId: string): Problem {
  const fields: Body = isBody(body) ? body : {};
  const errors = Array.isArray(fields['errors']) ? fields['errors'].filter(isBody).map(fieldError) : [];
  return new Problem(
    status,
    text(fields['title']) || `The server answered ${status}.`,
    text(fields['detail']),
    text(fields['code']),
    text(fields['hint']),
    errors,
    text(fields['requestId']) || requestId,
    fields['current'] ?? null,
  );
}

/** The server could not be reached at all. */
export function unreachable(): Problem {
  return new Problem(0, 'The server does not answer.', 'Check the connection; the page tries again.', 'unreachable', '', [], '', null);
}

function fieldError(body: Body): FieldError {
  return { pointer: text(body['pointer']), detail: text(body['detail']) };
}

function isBody(value: unknown): value is Body {
  return typeof value === 'object' && value !== null;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
