import { BLANK, type Form } from './form';

const DRAFT = 'berth.draft';
const LAST = 'berth.lastForm';

/** What was typed last in this tab; else the values of the last submission, without its name. */
export function storedDraft(): Form {
  return read(() => sessionStorage, DRAFT) ?? { ...(read(() => localStorage, LAST) ?? BLANK), name: '' };
}

export function keepDraft(form: Form): void {
  write(() => sessionStorage, DRAFT, form);
}

/** After a submission the draft is done with; its values are where the next form starts. */
export function forgetDraft(form: Form): void {
  try {
    sessionStorage.removeItem(DRAFT);
  } catch {
    // Storage may be forbidden.
  }
  write(() => localStorage, LAST, { ...form, environment: '' });
}

function read(storage: () => Storage, key: string): Form | null {
  try {
    const text = storage().getItem(key);
    const value: unknown = text === null ? null : JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...BLANK, ...value } : null;
  } catch {
    return null;
  }
}

function write(storage: () => Storage, key: string, form: Form): void {
  try {
    storage().setItem(key, JSON.stringify(form));
  } catch {
    // Storage may be forbidden or full; the draft then lasts as long as the page.
  }
}
