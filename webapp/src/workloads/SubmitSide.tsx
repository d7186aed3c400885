import { Copy } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { useOrganisation } from '../app/organisation';
import { IconButton } from '../components/Button';
import { ProjectName } from '../components/Controls';
import { Glyph } from '../components/Glyph';
import { Tabs } from '../components/Tabs';
import { toast } from '../components/Toasts';
import { gpus } from '../format/numbers';
import { askedMilli } from '../format/workload';
import { amountOf, quotaIn, usageIn } from '../quotas/tree';
import { bodyOf, type Form } from './form';
import css from './Submit.module.css';

const TABS = [
  ['json', 'JSON'],
  ['curl', 'curl'],
] as const;

/** What the project has and what the form asks, and the request as text in step with the form. */
export function SubmitSide({ form }: { form: Form }): ReactElement {
  const [tab, setTab] = useState<(typeof TABS)[number][0]>('json');
  const body = bodyOf(form);
  const text = tab === 'json' ? JSON.stringify(body, null, 2) : curl(JSON.stringify(body));
  const copy = (): void => {
    navigator.clipboard?.writeText(text).then(
      () => toast('Copied.'),
      () => toast('The browser did not allow copying.', 'danger'),
    );
  };
  return (
    <aside className={css.side} aria-label="What this asks">
      <Arithmetic form={form} />
      <Tabs
        label="The request as text"
        tabs={TABS}
        value={tab}
        onChange={setTab}
        note={<IconButton name="Copy the text" look="quiet" size="small" icon={<Copy size={14} aria-hidden />} onClick={copy} />}
      />
      <pre className={css.text} tabIndex={0} role="tabpanel" aria-label={tab}>
        {text}
      </pre>
      <p className={css.sideFoot}>Text and form stay in step.</p>
    </aside>
  );
}

/** Only sums of what is known; whether it starts is the scheduler's word. */
function Arithmetic({ form }: { form: Form }): ReactElement {
  const { projects, clusters, colour } = useOrganisation();
  const project = projects.find(({ metadata }) => metadata.name === form.project);
  const cluster = clusters.find(({ metadata }) => metadata.name === form.cluster);
  const asked = askedMilli(bodyOf(form).spec) || 0;
  const held = usageIn(project?.status.usage, form.cluster, form.nodePool).held;
  const { quota, limit } = amountOf(quotaIn(project?.spec.quotas, form.cluster, form.nodePool), 'gpuMilli');
  const free = cluster === undefined ? 0 : cluster.status.gpus * 1000 - cluster.status.allocatedGpuMilli;
  const verdict = verdictOf(form, { asked, held, quota, limit, free });
  const top = Math.max(1000, held + asked, quota, limit);
  const part = (milli: number): string => `${Math.min(100, (100 * milli) / top)}%`;
  return (
    <div className={`${css.verdict} ${css[verdict.tone]}`} role="status">
      <p className={css.verdictTitle}>
        <Glyph shape={verdict.tone === 'ok' ? 'dot' : verdict.tone === 'queued' ? 'clock' : 'triangle'} tone={verdict.tone} />
        {verdict.title}
      </p>
      {form.project === '' ? null : (
        <div className={css.sum}>
          <ProjectName name={form.project} colour={colour(form.project)} />
          <span>
            <b>
              {gpus(held)} + {gpus(asked)} = {gpus(held + asked)}
            </b>{' '}
            <span className="muted">{quota < 0 ? 'GPUs, no quota set' : `of ${gpus(quota)} deserved`}{limit >= 0 ? `, limit ${gpus(limit)}` : ''}</span>
          </span>
          <span className={`${css.sumBar} c${colour(form.project)}`} aria-hidden="true">
            <i className={css.sumHeld} style={{ width: part(held) }} />
            <i className={css.sumAsked} style={{ left: part(held), width: part(asked) }} />
            {quota >= 0 ? <i className={css.sumMark} style={{ left: part(quota) }} /> : null}
          </span>
        </div>
      )}
      <p className="muted">{verdict.note}</p>
    </div>
  );
}

interface Sums {
  asked: number;
  held: number;
  quota: number;
  limit: number;
  free: number;
}

function verdictOf(form: Form, { asked, held, quota, limit, free }: Sums): { tone: 'ok' | 'queued' | 'warn'; title: string; note: string } {
  if (limit >= 0 && held + asked > limit) {
    return { tone: 'queued', title: 'Will wait: over the limit', note: `${form.project} may hold ${gpus(limit)} GPUs at most.` };
  }
  if (quota >= 0 && held + asked > quota && !form.preemptible) {
    return { tone: 'queued', title: 'May wait: over what is deserved', note: 'What is not preemptible must stay within deserved. Preemptible work may borrow.' };
  }
  if (asked > free) {
    return { tone: 'queued', title: 'Will wait for free GPUs', note: `${form.cluster} has ${gpus(free)} GPUs free, ${gpus(asked)} are asked.` };
  }
  if (quota >= 0 && held + asked > quota) {
    return { tone: 'warn', title: 'Would borrow beyond deserved', note: 'It may start now, and be taken back when others need their share.' };
  }
  return { tone: 'ok', title: 'Within quota, and enough GPUs are free', note: 'The scheduler places it when it is submitted; fitting onto nodes is not checked here.' };
}

function curl(body: string): string {
  return `curl -sS ${location.origin}/api/v1/workloads \\\n  -H "Authorization: Bearer $BERTH_TOKEN" \\\n  -H 'Content-Type: application/json' \\\n  --data '${body.replaceAll("'", `'\\''`)}'`;
}
