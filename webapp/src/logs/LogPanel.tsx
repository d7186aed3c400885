import { Download, Pause, Play, RotateCw } from 'lucide-react';
import { useEffect, useRef, useState, type ReactElement } from 'react';
import type { Workload } from '../api/model';
import { Button } from '../components/Button';
import { Select } from '../components/Controls';
import { Empty, Failure } from '../components/Notes';
import { plural } from '../format/numbers';
import { found, MOST_LINES } from './lines';
import { useLog, type LogState } from './useLog';
import css from './LogPanel.module.css';

const WORDS: Record<LogState, string> = { reading: 'Reading', following: 'Following', ended: 'Complete', broken: 'Broken off' };
/** So close to its end, a log goes on scrolling. */
const NEAR_END = 40;

/** The log of one pod as it grows. */
export function LogPanel({ workload }: { workload: Workload }): ReactElement {
  const begun = workload.status.pods.filter(({ phase }) => phase !== 'Pending').map(({ name }) => name);
  const [chosen, choose] = useState('');
  const pod = begun.includes(chosen) ? chosen : (begun[0] ?? '');
  if (pod === '') {
    return <Empty title="No log yet: it begins when a pod has started." />;
  }
  return <PodLog key={pod} workload={workload.metadata.id} pod={pod} pods={begun} choose={choose} />;
}

function PodLog(props: { workload: string; pod: string; pods: readonly string[]; choose: (pod: string) => void }): ReactElement {
  const { workload, pod, pods, choose } = props;
  const [paused, pause] = useState(false);
  const [round, again] = useState(0);
  const [words, search] = useState('');
  const [wrap, setWrap] = useState(false);
  const view = useLog(workload, pod, paused, round);
  const shown = found(view.lines, words);
  const box = useEndInSight(view.lines.kept);
  if (view.problem !== null) {
    return <Failure problem={view.problem} retry={() => again(round + 1)} />;
  }
  return (
    <section className={css.panel} aria-label={`Log of ${pod}`}>
      <div className={css.bar}>
        {pods.length > 1 ? <Select label="Pod" value={pod} options={pods.map((name) => ({ value: name, label: name }))} onChange={choose} /> : <span className="mono">{pod}</span>}
        <input className={css.search} type="search" placeholder="Find in these lines" aria-label="Find in these lines" value={words} onChange={(event) => search(event.target.value)} />
        <label className={css.wrap}>
          <input type="checkbox" checked={wrap} onChange={(event) => setWrap(event.target.checked)} /> Wrap
        </label>
        {view.state === 'broken' || view.state === 'ended' ? (
          <Button icon={<RotateCw size={14} aria-hidden />} onClick={() => again(round + 1)}>
            Read again
          </Button>
        ) : (
          <Button icon={paused ? <Play size={14} aria-hidden /> : <Pause size={14} aria-hidden />} onClick={() => pause(!paused)}>
            {paused ? 'Follow' : 'Pause'}
          </Button>
        )}
        <Button icon={<Download size={14} aria-hidden />} onClick={() => save(pod, view.lines.kept)}>
          Download
        </Button>
      </div>
      <div ref={box} className={`${css.lines} ${wrap ? css.wrapped : ''}`} role="log" aria-live="off" aria-label={`Lines of ${pod}`} tabIndex={0}>
        {shown.map(({ number, text }) => (
          <div key={number} className={css.line}>
            <span className={css.number} aria-hidden="true">
              {number}
            </span>
            <span>{text}</span>
          </div>
        ))}
      </div>
      <p className={css.note} role="status">
        {paused ? 'Paused' : WORDS[view.state]}
        {view.reason === '' ? '' : `: ${view.reason}`} · {words === '' ? plural(shown.length, 'line') : `${shown.length} of ${plural(view.lines.kept.length, 'line')}`}
        {view.lines.first > 1 ? ` · the last ${MOST_LINES} are kept` : ''}
      </p>
    </section>
  );
}

/** Scrolls along as long as the reader is at the end, and leaves those alone who went up. */
function useEndInSight(changed: unknown): React.RefObject<HTMLDivElement | null> {
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  useEffect(() => {
    const element = box.current;
    const scrolled = (): void => {
      if (element !== null) {
        atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END;
      }
    };
    element?.addEventListener('scroll', scrolled, { passive: true });
    return () => element?.removeEventListener('scroll', scrolled);
  }, []);
  useEffect(() => {
    if (box.current !== null && atEnd.current) {
      box.current.scrollTop = box.current.scrollHeight;
    }
  }, [changed]);
  return box;
}

function save(pod: string, lines: readonly string[]): void {
  const url = URL.createObjectURL(new Blob([lines.map((line) => `${line}\n`).join('')], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${pod}.log`;
  link.click();
  URL.revokeObjectURL(url);
}
