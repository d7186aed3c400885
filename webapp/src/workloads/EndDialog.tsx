import { useState, type ReactElement } from 'react';
import { calls } from '../api/calls';
import type { Workload } from '../api/model';
import { Button } from '../components/Button';
import { Dialog } from '../components/Dialog';
import { toast } from '../components/Toasts';
import { gpus, plural } from '../format/numbers';
import { holds, isWaiting, phaseOf } from '../format/words';
import { askedMilli } from '../format/workload';

export type Ending = 'stop' | 'delete';

const AT_ONCE = 6;

/** Asks before workloads end, and says first what that does. */
export function EndDialog(props: { how: Ending; workloads: readonly Workload[]; close: () => void; ended: () => void }): ReactElement {
  const { how, workloads, close, ended } = props;
  const [busy, setBusy] = useState(false);
  const verb = how === 'stop' ? 'Stop' : 'Delete';
  const [first] = workloads;
  const title = workloads.length === 1 && first !== undefined ? `${verb} ${first.metadata.name}?` : `${verb} ${plural(workloads.length, 'workload')}?`;

  const run = async (): Promise<void> => {
    setBusy(true);
    const refused = await endAll(how, workloads);
    const done = workloads.length - refused.length;
    if (done > 0) {
      toast(`${how === 'stop' ? 'Stopping' : 'Deleting'} ${done === 1 && first !== undefined && workloads.length === 1 ? first.metadata.name : plural(done, 'workload')}.`);
    }
    if (refused.length > 0) {
      toast(`${plural(refused.length, 'workload')} not: ${refused[0]}`, 'danger');
    }
    close();
    ended();
  };

  return (
    <Dialog
      title={title}
      onClose={close}
      actions={
        <>
          <Button look="quiet" onClick={close}>
            Cancel
          </Button>
          <Button look="destroy" busy={busy} onClick={() => void run()}>
            {workloads.length === 1 ? verb : `${verb} ${workloads.length}`}
          </Button>
        </>
      }
    >
      <ul>
        {effects(how, workloads).map((effect) => (
          <li key={effect}>{effect}</li>
        ))}
      </ul>
    </Dialog>
  );
}

/** Sends a few at a time; gives the sentences of those that were refused. */
async function endAll(how: Ending, workloads: readonly Workload[]): Promise<string[]> {
  const refused: string[] = [];
  const rest = [...workloads];
  const worker = async (): Promise<void> => {
    for (let next = rest.shift(); next !== undefined; next = rest.shift()) {
      try {
        await (how === 'stop' ? calls.stop(next.metadata.id) : calls.remove(next.metadata.id));
      } catch (problem) {
        refused.push(problem instanceof Error ? problem.message : String(problem));
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return refused;
}

export function effects(how: Ending, workloads: readonly Workload[]): string[] {
  const running = workloads.filter(({ status }) => holds(phaseOf(status.phase)));
  const waiting = workloads.filter(({ status }) => isWaiting(phaseOf(status.phase)));
  const freed = running.reduce((sum, { spec }) => sum + askedMilli(spec), 0);
  return [
    running.length > 0 ? `Ends ${plural(running.length, 'running workload')} and frees ${gpus(freed)} GPUs.` : '',
    waiting.length > 0 ? `Takes ${plural(waiting.length, 'waiting workload')} out of the queue.` : '',
    how === 'delete' ? 'Pods and their logs are removed; this cannot be undone.' : 'What has been computed but not saved is lost.',
  ].filter((effect) => effect !== '');
}
