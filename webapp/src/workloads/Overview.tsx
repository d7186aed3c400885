import type { ReactElement, ReactNode } from 'react';
import type { Workload } from '../api/model';
import { Panel } from '../components/Notes';
import { cores, gibibytes, gpuShare, NOTHING } from '../format/numbers';
import { instant, zone } from '../format/time';
import { priorityWord } from '../format/words';
import { nodeWord } from '../format/workload';
import css from './Overview.module.css';

/** What was asked, and what has become of it. */
export function Overview({ workload }: { workload: Workload }): ReactElement {
  const { spec, status, metadata } = workload;
  const gpu = spec.resources?.gpu;
  const ask =
    gpu === undefined || gpu.devices === 0
      ? 'none'
      : gpu.memoryMib === undefined
        ? gpu.fractionMilli === undefined
          ? `${gpu.devices} whole`
          : `${gpuShare(gpu.fractionMilli)} of ${gpu.devices}`
        : `${gibibytes(gpu.memoryMib)} of ${gpu.devices}`;
  return (
    <div className={css.overview}>
      <Panel title="Status" note={`times in ${zone(instant(metadata.createdAt) ?? 0)}`}>
        <dl className={css.facts}>
          <Fact name="Message">{status.message || NOTHING}</Fact>
          <Fact name="Submitted">{time(metadata.createdAt)}</Fact>
          <Fact name="Queued">{time(status.queuedAt)}</Fact>
          <Fact name="Placed">{time(status.boundAt)}</Fact>
          <Fact name="Started">{time(status.startedAt)}</Fact>
          <Fact name="Finished">{time(status.finishedAt)}</Fact>
          <Fact name="Nodes">
            <span className="mono">{nodeWord(workload)}</span>
          </Fact>
        </dl>
      </Panel>
      <Panel title="Asked, for each worker">
        <dl className={css.facts}>
          <Fact name="GPUs">{ask}</Fact>
          <Fact name="GPU models">{(spec.gpuModels ?? []).join(', ') || 'any'}</Fact>
          <Fact name="CPU">{cores(spec.resources?.cpuMilli ?? 0)}</Fact>
          <Fact name="Memory">{gibibytes(spec.resources?.memoryMib ?? 0)}</Fact>
          <Fact name="Workers">{(spec.minWorkers ?? spec.workers) === spec.workers ? String(spec.workers) : `${spec.minWorkers} to ${spec.workers}`}</Fact>
          <Fact name="Priority">{priorityWord(spec.priorityClass)}</Fact>
          <Fact name="Preemptible">{spec.preemptible === true ? 'yes' : 'no'}</Fact>
        </dl>
      </Panel>
      <Panel title="Runs" className={css.wide}>
        <dl className={css.facts}>
          <Fact name="Image">
            <span className="mono">{spec.image || NOTHING}</span>
          </Fact>
          <Fact name="Command">
            <span className="mono">{(spec.command ?? []).join(' ') || 'as the image says'}</span>
          </Fact>
          <Fact name="Environment">
            <span className="mono">
              {Object.entries(spec.environment ?? {})
                .map(([name, value]) => `${name}=${value}`)
                .join(' ') || NOTHING}
            </span>
          </Fact>
          <Fact name="Id">
            <span className="mono">{metadata.id}</span>
          </Fact>
        </dl>
      </Panel>
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }): ReactElement {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function time(text: string | null | undefined): string {
  const millis = instant(text);
  return millis === null ? NOTHING : new Date(millis).toLocaleString('en-GB');
}
