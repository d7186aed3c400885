import { BadgeCheck } from 'lucide-react';
import type { ReactElement } from 'react';
import type { Explanation, Workload } from '../api/model';
import { useOrganisation } from '../app/organisation';
import { mayManage, useMe } from '../app/session';
import { LinkButton } from '../components/Button';
import { Glyph } from '../components/Glyph';
import { Panel } from '../components/Notes';
import { useNow } from '../components/useNow';
import { count, ordinal } from '../format/numbers';
import { duration } from '../format/time';
import { reasonWord } from '../format/words';
import { withoutReason } from '../format/workload';
import { useClusterMap } from '../live/useClusterMap';
import { NodeStrip } from './NodeStrip';
import { QuotaPanel } from './QuotaPanel';
import { changeTitle, remedyOf, stagesOf, waitingSentence, type Stage } from './stages';
import { valueOf } from './units';
import css from './Explain.module.css';

/** Why a workload waits: the sentence, the stages, the numbers, and what would start it. */
export function ExplainPanel(props: { workload: Workload; explanation: Explanation; observedAt: number | null }): ReactElement {
  const { workload, explanation, observedAt } = props;
  const now = useNow();
  const { clusters } = useOrganisation();
  const cluster = clusters.find(({ metadata }) => metadata.name === workload.spec.cluster);
  const map = useClusterMap(cluster === undefined ? null : cluster.metadata);
  const reason = reasonWord(explanation.reason);
  return (
    <div className={css.explain}>
      <div className={css.headline}>
        <p className={css.sentence} data-explanation={explanation.reason}>
          {reason === '' ? '' : `${reason}. `}
          {withoutReason(explanation.sentence, reason)}
        </p>
        {observedAt === null ? null : (
          <span className={css.checked}>
            <Glyph shape="dot" tone="ok" /> said {duration(now - observedAt)} ago
          </span>
        )}
      </div>
      <Pipeline stages={stagesOf(explanation)} explanation={explanation} pool={workload.spec.nodePool} />
      <div className={css.columns}>
        <QuotaPanel workload={workload} explanation={explanation} />
        <Changes workload={workload} explanation={explanation} />
      </div>
      {map.state === null ? null : <NodeStrip workload={workload} state={map.state} />}
      <Panel title="Same answer elsewhere">
        <pre className={css.elsewhere}>
          <span className="muted">$</span> berth explain {workload.metadata.name} --project {workload.spec.project}
          {'\n'}
          <span className="muted">$</span> kubectl -n berth-{workload.spec.project} describe workload {workload.metadata.name}
          {'\n'}
          <span className="muted">GET</span> /api/v1/workloads/{workload.metadata.id}/explanation
        </pre>
      </Panel>
    </div>
  );
}

function Pipeline({ stages, explanation, pool }: { stages: readonly Stage[]; explanation: Explanation; pool: string }): ReactElement {
  return (
    <ol className={css.pipeline} aria-label="Stages of the decision">
      {stages.map(({ key, title, state, detail, blocks }, index) => (
        <li key={key} className={`${css.stage} ${blocks ? css.blocks : ''}`} data-stage={key} data-state={state}>
          <p className={css.stageHead}>
            <span className="muted">{index + 1}</span>
            {state === 'unreached' ? <span className="muted">–</span> : <Glyph shape={state === 'passed' ? 'tick' : 'cross'} tone={state === 'passed' ? 'ok' : 'danger'} />}
            <b>{title}</b>
            <span className="visually-hidden">{state}</span>
            {blocks ? <span className={css.first}>blocks</span> : null}
          </p>
          <p className={state === 'failed' ? undefined : 'muted'}>{detail}</p>
        </li>
      ))}
      <li className={css.position}>
        <p>
          {explanation.position > 0 ? (
            <>
              <b>{ordinal(explanation.position)}</b> <span className="muted">of {count(explanation.waiting)} waiting</span>
            </>
          ) : (
            <span className="muted">Place in the queue is not known</span>
          )}
        </p>
        <p className="muted">in pool {pool}</p>
      </li>
    </ol>
  );
}

function Changes({ workload, explanation }: { workload: Workload; explanation: Explanation }): ReactElement {
  const me = useMe();
  const place = { id: workload.metadata.id, cluster: workload.spec.cluster, nodePool: workload.spec.nodePool };
  return (
    <Panel
      title="What would start it"
      note={
        explanation.changes.length === 0 ? undefined : (
          <span className={css.verified}>
            <BadgeCheck size={14} aria-hidden /> each verified by simulation
          </span>
        )
      }
    >
      <ol>
        {explanation.changes.map((change, index) => {
          const remedy = remedyOf(change, place);
          const locked = remedy?.kind === 'quota' && !mayManage(me);
          return (
            <li key={`${change.field} ${change.to}`} className={css.change}>
              <span className={css.number}>{index + 1}</span>
              <div>
                <p className={css.changeTitle}>{changeTitle(change, valueOf)}</p>
                <p className="muted">
                  {change.sentence}
                  {locked ? ' Needs the role manager.' : ''}
                </p>
              </div>
              {remedy === null || locked ? null : (
                <LinkButton to={remedy.to} size="small">
                  {remedy.kind === 'quota' ? 'Try it' : 'Edit'}
                </LinkButton>
              )}
            </li>
          );
        })}
        <li className={css.change}>
          <span className={css.number}>–</span>
          <p className="muted">{waitingSentence(explanation, workload.spec.project)}</p>
        </li>
      </ol>
    </Panel>
  );
}
