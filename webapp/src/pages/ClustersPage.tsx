import { KeyRound, Plus } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import type { Cluster } from '../api/model';
import { useOrganisation } from '../app/organisation';
import { mayManage, useMe } from '../app/session';
import { Button, Link } from '../components/Button';
import { Glyph } from '../components/Glyph';
import { Empty, Failure, Skeleton } from '../components/Notes';
import { Page } from '../components/Page';
import { useNow } from '../components/useNow';
import { count, gpus, NOTHING, percent } from '../format/numbers';
import { duration, instant } from '../format/time';
import { JoinDialog } from '../clusters/JoinDialog';
import table from '../components/Table.module.css';
import css from '../clusters/Clusters.module.css';

export default function ClustersPage(): ReactElement {
  const { clusters, ready, failure, retry } = useOrganisation();
  const me = useMe();
  const now = useNow();
  // Null: no dialog; 'new': a cluster is to be named first; else the cluster that gets a new token.
  const [joining, setJoining] = useState<Cluster | 'new' | null>(null);
  const locked = mayManage(me) ? undefined : 'Needs the role manager';
  const join = (
    <Button look="primary" icon={<Plus size={14} aria-hidden />} locked={locked} onClick={() => setJoining('new')}>
      Join a cluster
    </Button>
  );
  return (
    <Page title="Clusters" name="Clusters" actions={clusters.length > 0 ? join : null}>
      {failure === null ? null : <Failure problem={failure} retry={retry} />}
      {!ready && failure === null ? <Skeleton rows={4} /> : null}
      {ready && clusters.length === 0 ? (
        <Empty title="No cluster is connected">
          <p>Name one, and run the command that you get in it.</p>
          {join}
        </Empty>
      ) : null}
      {clusters.length > 0 ? (
        <div className={table.scroll} tabIndex={0} role="region" aria-label="Table of clusters">
          <table className={table.table}>
            <caption className="visually-hidden">Clusters</caption>
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">State</th>
                <th scope="col" className="num">
                  Nodes
                </th>
                <th scope="col" className="num">
                  GPUs
                </th>
                <th scope="col" className="num">
                  Held
                </th>
                <th scope="col">
                  <span className="visually-hidden">Held as a bar</span>
                </th>
                <th scope="col">Agent</th>
                <th scope="col" className="num">
                  Last seen
                </th>
                <th scope="col">
                  <span className="visually-hidden">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {clusters.map((cluster) => (
                <Row key={cluster.metadata.id} cluster={cluster} now={now} locked={locked} join={() => setJoining(cluster)} />
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
      {joining === null ? null : <JoinDialog cluster={joining === 'new' ? null : joining} close={() => setJoining(null)} />}
    </Page>
  );
}

function Row({ cluster, now, locked, join }: { cluster: Cluster; now: number; locked: string | undefined; join: () => void }): ReactElement {
  const { metadata, status } = cluster;
  const seen = instant(status.lastSeenAt);
  const held = status.allocatedGpuMilli;
  return (
    <tr data-cluster={metadata.name}>
      <th scope="row">
        <Link quiet to={`/map?cluster=${metadata.name}`}>
          <b>{metadata.name}</b>
        </Link>
      </th>
      <td>
        <State state={status.state} />
      </td>
      <td className="num">{count(status.nodes)}</td>
      <td className="num">{count(status.gpus)}</td>
      <td className="num">
        {gpus(held)} <span className="muted">{percent(held, status.gpus * 1000)}</span>
      </td>
      <td>
        <span className={css.bar} aria-hidden="true">
          <i style={{ width: `${status.gpus === 0 ? 0 : held / 10 / status.gpus}%` }} />
        </span>
      </td>
      <td className="mono">{status.version || NOTHING}</td>
      <td className="num">{status.state === 'Connected' ? 'now' : seen === null ? 'never' : `${duration(now - seen)} ago`}</td>
      <td className={css.action}>
        <Button size="small" icon={<KeyRound size={12} aria-hidden />} locked={locked} aria-label={`Join token for ${metadata.name}`} onClick={join}>
          Join token…
        </Button>
      </td>
    </tr>
  );
}

function State({ state }: { state: Cluster['status']['state'] }): ReactElement {
  switch (state) {
    case 'Connected':
      return (
        <span className={css.ok}>
          <Glyph shape="dot" tone="ok" /> Connected
        </span>
      );
    case 'Waiting':
      return (
        <span className={css.waiting}>
          <Glyph shape="clock" tone="queued" /> Waiting for its agent
        </span>
      );
    case 'Disconnected':
      return (
        <span className={css.away}>
          <Glyph shape="cross" tone="danger" /> Disconnected
        </span>
      );
  }
}
