import { LogOut, Search, SunMoon } from 'lucide-react';
import { useRef, type ReactElement, type ReactNode } from 'react';
import { Button } from '../components/Button';
import { Key, Segmented, Select } from '../components/Controls';
import { Glyph } from '../components/Glyph';
import { clock } from '../format/time';
import { useFreshness } from '../live/useLive';
import { Brand } from './Brand';
import { useOrganisation } from './organisation';
import { usePlace, useQuery } from './router';
import { useMe } from './session';
import { chooseTheme, useThemeChoice, type Choice } from './theme';
import css from './TopBar.module.css';

const SCOPED = ['/', '/map', '/workloads'];

const THEMES: readonly (readonly [Choice, string])[] = [
  ['light', 'Light'],
  ['dark', 'Dark'],
  ['system', 'System'],
];

export function TopBar({ search, signOut }: { search: () => void; signOut: () => void }): ReactElement {
  const me = useMe();
  const theme = useThemeChoice();
  return (
    <header className={css.bar}>
      <div className={css.brand}>
        <Brand />
      </div>
      <Scope tenant={me.tenant.name} />
      <button type="button" className={css.search} onClick={search} aria-keyshortcuts="Control+K Meta+K">
        <Search size={14} aria-hidden />
        <span>Search or jump…</span>
        <Key>⌘K</Key>
      </button>
      <div className={css.end}>
        <LiveSign />
        <Menu name="Theme" sign={<SunMoon size={16} strokeWidth={1.75} aria-hidden />}>
          <Segmented label="Theme" value={theme} options={THEMES} onChange={chooseTheme} />
        </Menu>
        <Menu name={`Account of ${me.user.name}`} sign={<span className={css.avatar}>{initials(me.user.name || me.user.email)}</span>}>
          <p className={css.who}>
            <b>{me.user.name}</b>
            <span className="muted">{me.user.email}</span>
            <span className="muted">
              {me.user.role} of {me.tenant.name}
            </span>
          </p>
          <Button icon={<LogOut size={14} aria-hidden />} onClick={signOut}>
            Sign out
          </Button>
        </Menu>
      </div>
    </header>
  );
}

/** Tenant and project. The project is a filter of the page and so stands in its address. */
function Scope({ tenant }: { tenant: string }): ReactElement {
  const { projects } = useOrganisation();
  const { path } = usePlace();
  const [query, change] = useQuery();
  const options = [
    { value: '', label: 'all projects' },
    ...projects.map(({ metadata }) => ({ value: metadata.name, label: metadata.name })),
  ];
  const chosen = query.get('project') ?? '';
  return (
    <div className={css.scope}>
      <span>{tenant}</span>
      {SCOPED.includes(path) && !chosen.includes(',') ? (
        <>
          <span className="muted">/</span>
          <Select bare label="Project of the page" value={chosen} options={options} onChange={(project) => change({ project, cursor: null })} />
        </>
      ) : null}
    </div>
  );
}

function LiveSign(): ReactElement {
  const fresh = useFreshness();
  if (fresh.kind === 'live') {
    return (
      <span className={css.live}>
        <Glyph shape="dot" tone="ok" /> Live
      </span>
    );
  }
  return (
    <span className={css.live}>
      <Glyph shape="triangle" tone="warn" />
      {fresh.kind === 'connecting' ? 'Connecting' : `as of ${clock(fresh.asOf)}`}
    </span>
  );
}

/** A sign that opens a small box. Escape and a click elsewhere close it. */
function Menu({ name, sign, children }: { name: string; sign: ReactNode; children: ReactNode }): ReactElement {
  const box = useRef<HTMLDetailsElement>(null);
  const close = (): void => box.current?.removeAttribute('open');
  return (
    <details
      ref={box}
      className={css.menu}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget) && event.relatedTarget !== null) {
          close();
        }
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          close();
        }
      }}
    >
      <summary aria-label={name} title={name}>
        {sign}
      </summary>
      <div className={css.box}>{children}</div>
    </details>
  );
}

export function initials(name: string): string {
  const parts = name.split(/[\s.@_-]+/).filter((part) => part !== '');
  return parts
    .slice(0, 2)
    .map((part) => part.charAt(0).toUpperCase())
    .join('');
}
