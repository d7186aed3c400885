import { Copy } from 'lucide-react';
import { useState, type FormEvent, type ReactElement } from 'react';
import { calls } from '../api/calls';
import type { Cluster, JoinToken } from '../api/model';
import { Problem } from '../api/problem';
import { useOrganisation } from '../app/organisation';
import { Button } from '../components/Button';
import { Dialog } from '../components/Dialog';
import { Field } from '../components/Field';
import { toast } from '../components/Toasts';
import { clock } from '../format/time';
import css from './Clusters.module.css';

/** Makes a one-time token with which an agent enrols its cluster; it is shown this once. */
export function JoinDialog({ cluster: given, close }: { cluster: Cluster | null; close: () => void }): ReactElement {
  const { put } = useOrganisation();
  const [cluster, setCluster] = useState(given);
  const [name, setName] = useState('');
  const [token, setToken] = useState<JoinToken | null>(null);
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string | undefined>(undefined);

  const make = async (): Promise<void> => {
    setBusy(true);
    setWrong(undefined);
    try {
      const target = cluster ?? (await calls.createCluster(name.trim()));
      setCluster(target);
      put({ clusters: target });
      setToken(await calls.joinToken(target.metadata.id));
    } catch (problem) {
      setWrong(problem instanceof Problem ? (problem.of('/metadata/name') ?? problem.message) : 'The token was not made.');
    } finally {
      setBusy(false);
    }
  };

  if (token !== null && cluster !== null) {
    return (
      <Dialog title={`Join ${cluster.metadata.name}`} onClose={close} actions={<Button onClick={close}>Done</Button>}>
        <p>Run this where the cluster is. The token works once, until {clock(Date.parse(token.expiresAt))}, and is not shown again.</p>
        <Secret label="Command" text={token.command} />
        <Secret label="Token" text={token.token} />
      </Dialog>
    );
  }
  return (
    <Dialog
      title={cluster === null ? 'Join a cluster' : `A new join token for ${cluster.metadata.name}?`}
      onClose={close}
      actions={
        <>
          <Button look="quiet" onClick={close}>
            Cancel
          </Button>
          <Button type="submit" form="join" look="primary" busy={busy}>
            Make the token
          </Button>
        </>
      }
    >
      <form
        id="join"
        noValidate
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          void make();
        }}
      >
        {cluster === null ? (
          <Field label="Name of the cluster" stacked error={wrong}>
            {(field) => <input {...field} autoFocus value={name} maxLength={63} placeholder="borealis" onChange={(event) => setName(event.target.value)} />}
          </Field>
        ) : (
          <>
            <p>An unused earlier token of this cluster stops working. A connected agent stays connected.</p>
            {wrong === undefined ? null : (
              <p role="alert" className={css.away}>
                {wrong}
              </p>
            )}
          </>
        )}
      </form>
    </Dialog>
  );
}

function Secret({ label, text }: { label: string; text: string }): ReactElement {
  const copy = (): void => {
    navigator.clipboard?.writeText(text).then(
      () => toast(`${label} copied.`),
      () => toast('The browser did not allow copying.', 'danger'),
    );
  };
  return (
    <div className={css.secret}>
      <pre tabIndex={0} aria-label={label}>
        {text}
      </pre>
      <Button size="small" icon={<Copy size={12} aria-hidden />} aria-label={`Copy the ${label.toLowerCase()}`} onClick={copy}>
        Copy
      </Button>
    </div>
  );
}
