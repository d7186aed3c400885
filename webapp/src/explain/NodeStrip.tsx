import { Table2 } from 'lucide-react';
import type { ReactElement } from 'react';
import type { Workload } from '../api/model';
import { useOrganisation } from '../app/organisation';
import { LinkButton } from '../components/Button';
import { Glyph } from '../components/Glyph';
import { Panel } from '../components/Notes';
import { count, plural } from '../format/numbers';
import type { MapState } from '../live/clusterMap';
import { slicesOf } from '../map/stats';
import { candidates, type Candidate, type Verdict } from './candidates';
import css from './NodeStrip.module.css';

/** Up to so many nodes are drawn; above it they are counted, and the map has the rest. */
const MOST_DRAWN = 24;

const WORDS: readonly (readonly [Verdict, string])[] = [
  ['fits', 'could take a worker'],
  ['tooFew', 'too few free GPUs'],
  ['otherModel', 'another GPU model'],
  ['notReady', 'not ready'],
];

/** The nodes of the pool and what each could take of this workload now, by its GPUs. */
export function NodeStrip({ workload, state }: { workload: Workload; state: MapState }): ReactElement {
  const { spec } = workload;
  const all = candidates(state, spec);
  const parts = WORDS.map(([verdict, word]) => ({ word, amount: all.filter((candidate) => candidate.verdict === verdict).length })).filter(({ amount }) => amount > 0);
  return (
    <Panel
      title={
        <>
          {plural(all.length, 'node')} seen <span className={css.counts}>{parts.map(({ word, amount }) => `${count(amount)} ${word}`).join(' · ')}</span>
        </>
      }
      note={
        <LinkButton to={`/map?cluster=${spec.cluster}&pool=${spec.nodePool}&view=table`} size="small" look="quiet" icon={<Table2 size={14} aria-hidden />}>
          Table
        </LinkButton>
      }
    >
      {all.length <= MOST_DRAWN ? (
        <ul className={css.strip}>
          {all.map((candidate) => (
            <MiniNode key={candidate.node} state={state} candidate={candidate} />
          ))}
        </ul>
      ) : null}
    </Panel>
  );
}

function MiniNode({ state, candidate }: { state: MapState; candidate: Candidate }): ReactElement | null {
  const { colour } = useOrganisation();
  const node = state.nodes[candidate.node];
  if (node === undefined) {
    return null;
  }
  const fits = candidate.verdict === 'fits';
  return (
    <li className={css.node}>
      <p className="mono">{node.name}</p>
      <p className={`${css.cells} ${fits ? css.fits : css.other}`} style={{ gridTemplateColumns: `repeat(${Math.max(1, Math.ceil(node.gpuCount / 2))}, 1fr)` }} aria-hidden="true">
        {Array.from({ length: node.gpuCount }, (_, gpu) => {
          const [slice] = slicesOf(state, candidate.node, gpu);
          return <i key={gpu} className={slice === undefined ? css.free : `${css.held} c${colour(slice.holder.project)}`} />;
        })}
      </p>
      <p className={fits ? css.good : css.note}>
        {fits ? <Glyph shape="tick" tone="ok" /> : null}
        {node.ready ? `${candidate.free} free` : 'not ready'}
      </p>
    </li>
  );
}
