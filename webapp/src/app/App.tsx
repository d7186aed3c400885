import { lazy, Suspense, useCallback, useEffect, useState, type ReactElement } from 'react';
import type { Me } from '../api/model';
import { Failure } from '../components/Notes';
import { hub } from '../live/hub';
import { SignIn } from '../pages/SignIn';
import { Frame } from './Frame';
import { usePlace } from './router';
import { closeSession, openSession, SessionContext } from './session';

const MapPage = lazy(() => import('../pages/MapPage'));
const WorkloadsPage = lazy(() => import('../pages/WorkloadsPage'));
const WorkloadPage = lazy(() => import('../pages/WorkloadPage'));
const SubmitPage = lazy(() => import('../pages/SubmitPage'));
const QuotasPage = lazy(() => import('../pages/QuotasPage'));
const ClustersPage = lazy(() => import('../pages/ClustersPage'));
const NotFound = lazy(() => import('../pages/NotFound'));

type Session = { kind: 'asking' } | { kind: 'out' } | { kind: 'in'; me: Me } | { kind: 'failed'; problem: unknown };

/** Sign-in first, then the frame with the page of the address in it. */
export function App({ linkToken: given }: { linkToken: string | null }): ReactElement | null {
  // A link works once: after the first answer it is forgotten.
  const [linkToken, setLinkToken] = useState(given);
  const [session, setSession] = useState<Session>({ kind: linkToken === null ? 'asking' : 'out' });

  const enter = useCallback(() => {
    const out = (): void => {
      hub.stop();
      setSession({ kind: 'out' });
    };
    openSession(out).then(
      (me) => {
        setLinkToken(null);
        setSession(me === null ? { kind: 'out' } : { kind: 'in', me });
      },
      (problem: unknown) => setSession({ kind: 'failed', problem }),
    );
  }, []);

  useEffect(() => {
    if (given === null) {
      enter();
    }
  }, [given, enter]);

  const signOut = useCallback(() => {
    void closeSession().finally(() => setSession({ kind: 'out' }));
  }, []);

  switch (session.kind) {
    case 'asking':
      return null;
    case 'failed':
      return <Failure problem={session.problem} retry={enter} />;
    case 'out':
      return <SignIn linkToken={linkToken} entered={enter} />;
    case 'in':
      return (
        <SessionContext value={session.me}>
          <Frame signOut={signOut}>
            <Suspense fallback={null}>
              <PageOfPlace />
            </Suspense>
          </Frame>
        </SessionContext>
      );
  }
}

function PageOfPlace(): ReactElement {
  const { path } = usePlace();
  const [, root = '', id] = path.split('/');
  switch (root) {
    case '':
    case 'map':
      return <MapPage />;
    case 'workloads':
      if (id === 'new') {
        return <SubmitPage />;
      }
      return id === undefined || id === '' ? <WorkloadsPage /> : <WorkloadPage key={id} id={decodeURIComponent(id)} />;
    case 'quotas':
      return <QuotasPage />;
    case 'clusters':
      return <ClustersPage />;
    default:
      return <NotFound />;
  }
}
