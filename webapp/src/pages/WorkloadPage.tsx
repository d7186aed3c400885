import { Copy, Square, Trash2 } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import type { Workload } from '../api/model';
import { Problem } from '../api/problem';
import { useOrganisation } from '../app/organisation';
import { useQuery } from '../app/router';
import { Button, Link, LinkButton } from '../components/Button';
import { ProjectName } from '../components/Controls';
import { PhaseWord } from '../components/Glyph';
import { Empty, Failure, Skeleton } from '../components/Notes';
import { Page, useTitle } from '../components/Page';
import { Tabs } from '../components/Tabs';
import { useNow } from '../components/useNow';
import { plural } from '../format/numbers';
import { clock, duration, instant, zone } from '../format/time';
import { holds, isFinal, isWaiting, phaseOf, priorityWord } from '../format/words';
import { asks, runMillis, waitMillis } from '../format/workload';
import { useWorkload, type WorkloadView } from '../live/useWorkload';
import { ExplainPanel } from '../explain/ExplainPanel';
import { LogPanel } from '../logs/LogPanel';
import { EndDialog, type Ending } from '../workloads/EndDialog';
import { Overview } from '../workloads/Overview';
import { Pods } from '../workloads/Pods';
import css from './WorkloadPage.module.css';

const TABS = [
  ['explain', 'Explain'],
  ['overview', 'Overview'],
  ['pods', 'Pods'],
  ['logs', 'Logs'],
] as const;

type Tab = (typeof TABS)[number][0];

export default function WorkloadPage({ id }: { id: string }): ReactElement {
  const view = useWorkload(id);
  const [query, change] = useQuery();
  const [ending, setEnding] = useState<Ending | null>(null);
  const { workload, problem } = view;

  if (workload === null) {
    const missing = problem instanceof Problem && problem.status === 404;
    return (
      <Page title="Workload" name="Workload">
        {missing ? (
          <Empty title="There is no such workload">
            <LinkButton to="/workloads">All workloads</LinkButton>
          </Empty>
        ) : problem !== null ? (
          <Failure problem={problem} retry={view.reload} />
        ) : (
          <Skeleton rows={6} height={48} />
        )}
      </Page>
    );
  }
  const phase = phaseOf(workload.status.phase);
  const tab = TABS.find(([known]) => known === query.get('tab'))?.[0] ?? (isWaiting(phase) ? 'explain' : 'overview');
  return (
    <div className={css.page}>
      <Head workload={workload} gone={view.gone} end={setEnding} />
      <Tabs label="Parts of the workload" tabs={TABS} value={tab} onChange={(to) => change({ tab: to }, 'replace')} note={<Facts workload={workload} />} />
      <div className={css.body} role="tabpanel" aria-label={TABS.find(([known]) => known === tab)?.[1]} tabIndex={0}>
        {view.gone ? <Empty title="It was deleted" /> : <TabBody tab={tab} view={view} workload={workload} />}
      </div>
      {ending === null ? null : <EndDialog how={ending} workloads={[workload]} close={() => setEnding(null)} ended={view.reload} />}
    </div>
  );
}

function TabBody({ tab, view, workload }: { tab: Tab; view: WorkloadView; workload: Workload }): ReactElement {
  const phase = phaseOf(workload.status.phase);
  switch (tab) {
    case 'explain': {
      const explanation = view.explanation ?? workload.status.explanation ?? null;
      if (!isWaiting(phase)) {
        return <Empty title={isFinal(phase) ? `It has ${phase === 'Succeeded' ? 'succeeded' : 'failed'}; there is nothing to explain.` : 'It does not wait: it has its GPUs.'} />;
      }
      return explanation === null ? (
        <Empty title="The scheduler has not looked at it yet">
          <p>{workload.status.message}</p>
        </Empty>
      ) : (
        <ExplainPanel workload={workload} explanation={explanation} observedAt={view.observedAt} />
      );
    }
    case 'overview':
      return <Overview workload={workload} />;
    case 'pods':
      return <Pods workload={workload} />;
    case 'logs':
      return <LogPanel workload={workload} />;
  }
}

function Head({ workload, gone, end }: { workload: Workload; gone: boolean; end: (how: Ending) => void }): ReactElement {
  const { colour } = useOrganisation();
  const now = useNow();
  const { metadata, spec, status } = workload;
  const phase = phaseOf(status.phase);
  const placed = status.pods.filter(({ node }) => node !== null && node !== undefined && node !== '').length;
  return (
    <header className={css.head}>
      <div>
        <nav className={css.crumbs} aria-label="Way back">
          <Link to="/workloads">Workloads</Link> <span className="muted">›</span>
          <Link quiet to={`/workloads?project=${spec.project}`}>
            <ProjectName name={spec.project} colour={colour(spec.project)} />
          </Link>
        </nav>
        <p className={css.title}>
          <HeadTitle name={metadata.name} />
          <span data-phase={phase}>
            <PhaseWord phase={phase} />
          </span>
          <span className="muted">{duration(isWaiting(phase) ? waitMillis(workload, now) : runMillis(workload, now))}</span>
          {isFinal(phase) ? null : <Gang workers={spec.workers} placed={placed} running={status.podCounts['Running'] ?? 0} waiting={isWaiting(phase)} />}
        </p>
      </div>
      <div className={css.actions}>
        <LinkButton to={`/workloads/new?from=${metadata.id}`} look={isWaiting(phase) ? 'primary' : 'plain'} icon={<Copy size={14} aria-hidden />}>
          Edit and resubmit
        </LinkButton>
        {holds(phase) || isWaiting(phase) ? (
          <Button icon={<Square size={14} aria-hidden />} disabled={gone} onClick={() => end('stop')}>
            Stop…
          </Button>
        ) : null}
        <Button look="danger" icon={<Trash2 size={14} aria-hidden />} disabled={gone} onClick={() => end('delete')}>
          Delete…
        </Button>
      </div>
    </header>
  );
}

function HeadTitle({ name }: { name: string }): ReactElement {
  useTitle(name);
  return <h1 className={css.name}>{name}</h1>;
}

const MOST_MARKS = 16;

/** One mark for each worker, full when it has its place. */
function Gang({ workers, placed, running, waiting }: { workers: number; placed: number; running: number; waiting: boolean }): ReactElement {
  const done = waiting ? placed : running;
  return (
    <>
      {workers <= MOST_MARKS ? (
        <span className={css.gang} aria-hidden="true">
          {Array.from({ length: workers }, (_, worker) => (
            <i key={worker} className={worker < done ? css.full : undefined} />
          ))}
        </span>
      ) : null}
      <span className="muted">
        {done} of {plural(workers, 'pod')} {waiting ? 'placed' : 'running'}
      </span>
    </>
  );
}

function Facts({ workload }: { workload: Workload }): ReactElement {
  const { spec, metadata } = workload;
  const created = instant(metadata.createdAt);
  const facts = [
    spec.workers > 1 ? `gang ${asks(spec)} GPU` : `${asks(spec)} GPU`,
    `pool ${spec.nodePool}`,
    spec.cluster,
    `priority ${priorityWord(spec.priorityClass).toLowerCase()}`,
    spec.preemptible === true ? 'preemptible' : 'not preemptible',
    ...(created === null ? [] : [`created ${clock(created)} ${zone(created)}`]),
  ];
  return <span className={css.facts}>{facts.join(' · ')}</span>;
}
