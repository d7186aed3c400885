import type { ReactElement } from 'react';
import type { Explanation, Workload } from '../api/model';
import { useOrganisation } from '../app/organisation';
import { Panel } from '../components/Notes';
import { gpus } from '../format/numbers';
import { askedMilli, workerMilli } from '../format/workload';
import { amountOf, niceEnd, quotaIn, usageIn } from '../quotas/tree';
import { blockingStage } from './stages';
import css from './Explain.module.css';

interface Bar {
  label: string;
  held: number;
  asked: number;
}

/** What the project holds, what it would hold, and its deserved and limit, on one axis. */
export function QuotaPanel({ workload, explanation }: { workload: Workload; explanation: Explanation }): ReactElement {
  const { projects, colour } = useOrganisation();
  const { spec } = workload;
  const project = projects.find(({ metadata }) => metadata.name === spec.project);
  const amount = amountOf(quotaIn(project?.spec.quotas, spec.cluster, spec.nodePool), 'gpuMilli');
  const { held } = usageIn(project?.status.usage, spec.cluster, spec.nodePool);
  const asked = askedMilli(spec);
  const fewer = explanation.changes.find(({ field }) => field === 'workers' || field === 'minWorkers');
  const bars: Bar[] = [
    { label: 'holds', held, asked: 0 },
    { label: workload.metadata.name.length <= 9 ? `with ${workload.metadata.name}` : 'with it', held, asked },
    ...(fewer === undefined ? [] : [{ label: `with ${fewer.to} workers`, held, asked: Number(fewer.to) * workerMilli(spec) }]),
  ];
  const bound = amount.limit >= 0 && (amount.quota < 0 || blockingStage(explanation) === 'limit') ? amount.limit : amount.quota;
  const top = niceEnd(1.25 * Math.max(1000, ...bars.map((bar) => bar.held + bar.asked), amount.quota, amount.limit));
  const part = (milli: number): string => `${(100 * milli) / top}%`;
  return (
    <Panel title={`${spec.project} on ${spec.nodePool}`} note={amount.quota < 0 ? 'no quota is set' : `weight ${amount.overQuotaWeight}`}>
      <div className={`${css.quota} c${colour(spec.project)}`}>
        <div className={css.marks} aria-hidden="true">
          {amount.quota >= 0 ? <Mark at={part(amount.quota)} look={css.deserved} text={`deserved ${gpus(amount.quota)}`} low={false} /> : null}
          {amount.limit >= 0 ? <Mark at={part(amount.limit)} look={css.limit} text={`limit ${gpus(amount.limit)}`} low={amount.quota >= 0} /> : null}
        </div>
        {bars.map(({ label, held: solid, asked: more }) => (
          <div key={label} className={css.barRow}>
            <span className={css.barLabel} title={label}>
              {label}
            </span>
            <span className={css.track}>
              <i className={css.held} style={{ width: part(solid) }} />
              <i className={css.asked} style={{ left: part(solid), width: part(Math.max(0, within(bound, solid, more))) }} />
              <i className={css.over} style={{ left: part(solid + within(bound, solid, more)), width: part(more - within(bound, solid, more)) }} />
              <b className={`${css.sum} ${more > 0 && bound >= 0 && solid + more <= bound ? css.fits : ''}`} style={{ left: part(solid + more) }}>
                {gpus(solid + more)}
                {bound >= 0 && solid + more > bound && more > 0 ? <span className={css.overWord}>{gpus(solid + more - Math.max(bound, solid))} over</span> : null}
              </b>
            </span>
          </div>
        ))}
        <div className={css.barRow} aria-hidden="true">
          <span className={css.barLabel}>GPUs</span>
          <span className={css.axis}>
            {[0, 1, 2, 3, 4].map((tick) => (
              <i key={tick} style={{ left: `${tick * 25}%` }}>
                {gpus((top * tick) / 4)}
              </i>
            ))}
          </span>
        </div>
        <p className="visually-hidden">
          Deserved {amount.quota < 0 ? 'without bound' : gpus(amount.quota)}, limit {amount.limit < 0 ? 'none' : gpus(amount.limit)}.
        </p>
      </div>
    </Panel>
  );
}

/** How much of what is asked still lies within the bound. */
function within(bound: number, held: number, asked: number): number {
  return bound < 0 ? asked : Math.min(asked, Math.max(0, bound - held));
}

function Mark({ at, look, text, low }: { at: string; look: string | undefined; text: string; low: boolean }): ReactElement {
  return (
    <span className={`${css.mark} ${look}`} style={{ left: at }}>
      <span className={low ? css.markLow : css.markWord}>{text}</span>
    </span>
  );
}
