import { Eye, EyeOff, Terminal } from 'lucide-react';
import { useEffect, useRef, useState, type FormEvent, type ReactElement } from 'react';
import { calls } from '../api/calls';
import { Problem } from '../api/problem';
import { Brand } from '../app/Brand';
import { chooseTheme, useThemeChoice, type Choice } from '../app/theme';
import { Button, IconButton } from '../components/Button';
import { Segmented } from '../components/Controls';
import { Field } from '../components/Field';
import { CellPattern } from './CellPattern';
import css from './SignIn.module.css';

const THEMES: readonly (readonly [Choice, string])[] = [
  ['light', 'Light'],
  ['dark', 'Dark'],
  ['system', 'System'],
];

const PAGES: ReadonlyMap<string, string> = new Map([
  ['workloads', 'Workloads'],
  ['map', 'Cluster map'],
  ['quotas', 'Quotas'],
  ['clusters', 'Clusters'],
]);

/** Sign-in by password, or by the token of a one-time link that the address held. */
export function SignIn({ linkToken, entered }: { linkToken: string | null; entered: () => void }): ReactElement {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [shown, setShown] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const theme = useThemeChoice();
  const byLink = useLink(linkToken, entered);

  useEffect(() => {
    document.title = 'Sign in · Berth';
  }, []);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (email === '' || password === '') {
      setRefusal('Enter the email and the password.');
      return;
    }
    setBusy(true);
    setRefusal(null);
    calls.signIn(email, password).then(entered, (problem: unknown) => {
      setBusy(false);
      setRefusal(sentence(problem));
    });
  };

  const target = PAGES.get(location.pathname.split('/')[1] ?? '');
  return (
    <div className={css.page}>
      <main className={css.column}>
        <Brand />
        <form className={css.form} onSubmit={submit} noValidate>
          <h1>Sign in to Berth</h1>
          {target === undefined ? null : (
            <p className="muted">
              You will return to <span className={css.strong}>{target}</span>.
            </p>
          )}
          {byLink === 'asking' ? <p role="status">Signing you in by the one-time link…</p> : null}
          {byLink === 'asking' || byLink === 'none' ? null : (
            <p role="alert" className={css.refusal}>
              {byLink}
            </p>
          )}
          <Field label="Email" stacked>
            {(field) => (
              <input {...field} type="email" autoComplete="username" value={email} onChange={(event) => setEmail(event.target.value)} autoFocus />
            )}
          </Field>
          <Field label="Password" stacked error={refusal ?? undefined}>
            {(field) => (
              <span className={css.password}>
                <input
                  {...field}
                  type={shown ? 'text' : 'password'}
                  autoComplete="current-password"
                  value={password}
                  onChange={(event) => setPassword(event.target.value)}
                />
                <IconButton
                  name={shown ? 'Hide the password' : 'Show the password'}
                  look="quiet"
                  icon={shown ? <EyeOff size={14} aria-hidden /> : <Eye size={14} aria-hidden />}
                  onClick={() => setShown(!shown)}
                />
              </span>
            )}
          </Field>
          <Button type="submit" look="primary" size="large" busy={busy}>
            Sign in
          </Button>
          <p className={css.terminal}>
            <Terminal size={14} aria-hidden /> From a terminal <code>berth login {location.host}</code>
          </p>
        </form>
        <footer className={css.foot}>
          <span className="muted">Berth {__BERTH_VERSION__}</span>
          <Segmented hideLabel label="Theme" value={theme} options={THEMES} onChange={chooseTheme} />
        </footer>
      </main>
      <CellPattern />
    </div>
  );
}

/** A link's token works once, so it is sent once, however often the page is drawn. */
function useLink(token: string | null, entered: () => void): string {
  const [state, setState] = useState<string>(token === null ? 'none' : 'asking');
  const sent = useRef(false);
  useEffect(() => {
    if (token === null || sent.current) {
      return;
    }
    sent.current = true;
    calls.signInByLink(token).then(entered, (problem: unknown) => setState(`The link did not sign you in. ${sentence(problem)}`));
  }, [token, entered]);
  return state;
}

function sentence(problem: unknown): string {
  return problem instanceof Problem ? `${problem.message} ${problem.hint}`.trim() : 'The sign-in failed.';
}
