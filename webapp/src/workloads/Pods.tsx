import type { ReactElement } from 'react';
import type { Workload } from '../api/model';
import { Empty } from '../components/Notes';
import { useNow } from '../components/useNow';
import { gpuShare, NOTHING, plural } from '../format/numbers';
import { duration, instant } from '../format/time';
import table from '../components/Table.module.css';

/** The pods, as the cluster reported them last. */
export function Pods({ workload }: { workload: Workload }): ReactElement {
  const now = useNow();
  const { pods, podCounts } = workload.status;
  if (pods.length === 0) {
    return <Empty title="No pods yet: they appear here when the cluster has made them." />;
  }
  const all = Object.values(podCounts).reduce((sum, amount) => sum + amount, 0);
  return (
    <>
      <table className={table.table}>
        <caption className="visually-hidden">Pods of {workload.metadata.name}</caption>
        <thead>
          <tr>
            <th scope="col">Pod</th>
            <th scope="col">Phase</th>
            <th scope="col">Node</th>
            <th scope="col">GPUs</th>
            <th scope="col" className="num">
              Share of each
            </th>
            <th scope="col" className="num">
              Run time
            </th>
          </tr>
        </thead>
        <tbody>
          {pods.map((pod) => {
            const from = instant(pod.startedAt);
            return (
              <tr key={pod.name}>
                <th scope="row" className="mono">
                  {pod.name}
                </th>
                <td>{pod.phase}</td>
                <td className="mono">{pod.node || NOTHING}</td>
                <td>{pod.gpus?.join(', ') || NOTHING}</td>
                <td className="num">{pod.gpuMilli === undefined || pod.gpuMilli === 0 ? NOTHING : gpuShare(pod.gpuMilli)}</td>
                <td className="num">{from === null ? NOTHING : duration((instant(pod.finishedAt) ?? now) - from)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {all > pods.length ? (
        <p className={table.pager}>
          The first {pods.length} of {plural(all, 'pod')}:{' '}
          {Object.entries(podCounts)
            .map(([phase, amount]) => `${amount} ${phase}`)
            .join(', ')}
        </p>
      ) : null}
    </>
  );
}
