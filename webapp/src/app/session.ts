import { createContext, useContext } from 'react';
import { calls } from '../api/calls';
import { onSignedOut, setCsrfToken } from '../api/client';
import type { Me } from '../api/model';
import { Problem } from '../api/problem';
import { hub } from '../live/hub';

export const SessionContext = createContext<Me | null>(null);

/** Who is signed in; pages are only shown when somebody is. */
export function useMe(): Me {
  const me = useContext(SessionContext);
  if (me === null) {
    throw new Error('A page is shown without a session.');
  }
  return me;
}

/** Quotas and clusters are changed by these. */
export function mayManage(me: Me): boolean {
  return me.user.role === 'admin' || me.user.role === 'manager';
}

/** The token of a one-time link; it leaves the address at once, so that it stays in no history and no referrer. */
export function takeLinkToken(): string | null {
  const query = new URLSearchParams(location.search);
  const token = query.get('token');
  if (token !== null) {
    query.delete('token');
    const rest = query.toString();
    history.replaceState(null, '', location.pathname + (rest === '' ? '' : `?${rest}`));
  }
  return token;
}

/** Reads who is signed in and starts the stream; null when nobody is. */
export async function openSession(signedOut: () => void): Promise<Me | null> {
  const me = await whoAmI();
  if (me !== null) {
    setCsrfToken(me.csrfToken);
    onSignedOut(signedOut);
    hub.start(newestVersion, signedOut);
  }
  return me;
}

async function whoAmI(): Promise<Me | null> {
  try {
    return await calls.me();
  } catch (problem) {
    if (problem instanceof Problem && problem.status === 401) {
      return null;
    }
    throw problem;
  }
}

async function newestVersion(): Promise<string> {
  const { version } = await calls.workloads({ limit: 1 });
  return String(version ?? 0);
}

export async function closeSession(): Promise<void> {
  hub.stop();
  try {
    await calls.signOut();
  } finally {
    setCsrfToken('');
  }
}
