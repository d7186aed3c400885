import { useState, type ReactElement, type ReactNode } from 'react';
import { useFreshness } from '../live/useLive';
import { clock } from '../format/time';
import { Toasts } from '../components/Toasts';
import { OrganisationContext, useOrganisationState } from './organisation';
import { Palette } from './Palette';
import { Sidebar } from './Sidebar';
import { TopBar } from './TopBar';
import { useShortcuts } from './shortcuts';
import css from './Frame.module.css';

const KEY = 'berth.sidebar';

function storedWidth(): boolean {
  try {
    return localStorage.getItem(KEY) === 'narrow';
  } catch {
    return false;
  }
}

/** Top bar, sidebar and the page between them. The page scrolls, the frame does not. */
export function Frame({ children, signOut }: { children: ReactNode; signOut: () => void }): ReactElement {
  const organisation = useOrganisationState();
  const [narrow, setNarrow] = useState(storedWidth);
  const [searching, setSearching] = useState(false);
  useShortcuts(() => setSearching(true));

  const toggle = (): void => {
    setNarrow(!narrow);
    try {
      localStorage.setItem(KEY, narrow ? 'wide' : 'narrow');
    } catch {
      // Storage may be forbidden; then the width lasts as long as the page.
    }
  };

  return (
    <OrganisationContext value={organisation}>
      <a className={css.skip} href="#page">
        Skip to the page
      </a>
      <div className={`${css.frame} ${narrow ? css.narrow : ''}`}>
        <TopBar search={() => setSearching(true)} signOut={signOut} />
        <Sidebar narrow={narrow} toggle={toggle} />
        <PageArea>{children}</PageArea>
      </div>
      {searching ? <Palette close={() => setSearching(false)} /> : null}
      <Toasts />
    </OrganisationContext>
  );
}

/** Says when the page is old, and dims it then. */
function PageArea({ children }: { children: ReactNode }): ReactElement {
  const fresh = useFreshness();
  const stale = fresh.kind === 'stale';
  return (
    <main id="page" className={css.main} tabIndex={-1}>
      {stale ? (
        <p className={css.banner} role="status">
          as of {clock(fresh.asOf)}, reconnecting
        </p>
      ) : null}
      <div className={`${css.content} ${stale ? css.stale : ''}`}>{children}</div>
    </main>
  );
}
