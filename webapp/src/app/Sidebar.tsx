import { Grid3x3, Layers, ListTree, PanelLeftClose, PanelLeftOpen, Server, type LucideIcon } from 'lucide-react';
import type { ReactElement } from 'react';
import { IconButton } from '../components/Button';
import { Glyph } from '../components/Glyph';
import { count } from '../format/numbers';
import { useOrganisation } from './organisation';
import { follow, usePlace } from './router';
import css from './Sidebar.module.css';

interface Item {
  to: string;
  name: string;
  icon: LucideIcon;
  amount?: number;
}

export function Sidebar({ narrow, toggle }: { narrow: boolean; toggle: () => void }): ReactElement {
  const { projects, clusters } = useOrganisation();
  const running = projects.reduce((sum, { status }) => sum + status.running, 0);
  const main: Item[] = [
    { to: '/workloads', name: 'Workloads', icon: Layers, amount: running },
    { to: '/map', name: 'Cluster map', icon: Grid3x3 },
    { to: '/quotas', name: 'Quotas', icon: ListTree },
  ];
  const admin: Item[] = [{ to: '/clusters', name: 'Clusters', icon: Server }];
  return (
    <nav className={`${css.bar} ${narrow ? css.narrow : ''}`} aria-label="Pages">
      <Group items={main} narrow={narrow} />
      {narrow ? null : <h2 className={css.heading}>Admin</h2>}
      <Group items={admin} narrow={narrow} />
      <div className={css.foot}>
        {narrow
          ? null
          : clusters.slice(0, 6).map(({ metadata, status }) => (
              <p key={metadata.id} className={css.cluster}>
                <Glyph
                  shape={status.state === 'Connected' ? 'dot' : status.state === 'Waiting' ? 'clock' : 'cross'}
                  tone={status.state === 'Connected' ? 'ok' : status.state === 'Waiting' ? 'queued' : 'danger'}
                />
                {metadata.name}
                <span className={css.state}>{status.state === 'Connected' ? `${count(status.gpus)} GPUs` : status.state}</span>
              </p>
            ))}
        <p className={css.version}>
          {narrow ? null : __BERTH_VERSION__}
          <IconButton
            name={narrow ? 'Widen the sidebar' : 'Narrow the sidebar'}
            look="quiet"
            size="small"
            icon={narrow ? <PanelLeftOpen size={14} aria-hidden /> : <PanelLeftClose size={14} aria-hidden />}
            onClick={toggle}
          />
        </p>
      </div>
    </nav>
  );
}

function Group({ items, narrow }: { items: readonly Item[]; narrow: boolean }): ReactElement {
  const { path } = usePlace();
  return (
    <ul>
      {items.map(({ to, name, icon: Icon, amount }) => (
        <li key={to}>
          <a
            className={css.item}
            href={to}
            onClick={follow}
            aria-current={path === to || path.startsWith(`${to}/`) || (path === '/' && to === '/map') ? 'page' : undefined}
            aria-label={name}
            title={narrow ? name : undefined}
          >
            <Icon size={16} strokeWidth={1.75} aria-hidden />
            <span className={css.name}>{name}</span>
            {amount === undefined || narrow ? null : <span className={css.amount}>{count(amount)}</span>}
          </a>
        </li>
      ))}
    </ul>
  );
}
