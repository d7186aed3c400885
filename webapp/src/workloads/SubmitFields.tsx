import type { ReactElement } from 'react';
import { useOrganisation } from '../app/organisation';
import { Segmented, Switch } from '../components/Controls';
import { Field, Row } from '../components/Field';
import { count, gpus } from '../format/numbers';
import { PRIORITIES } from '../format/words';
import { useClusterMap } from '../live/useClusterMap';
import { modelsOf } from '../map/stats';
import { GpuFields } from './GpuFields';
import { preemptibleByDefault, type Complaints, type Form } from './form';
import css from './Submit.module.css';

export interface FieldsProps {
  form: Form;
  change: (changes: Partial<Form>) => void;
  complaints: Complaints;
}

const KINDS = [
  ['training', 'Training'],
  ['distributed', 'Distributed'],
  ['workspace', 'Workspace'],
  ['inference', 'Inference'],
] as const;

export function SubmitFields({ form, change, complaints }: FieldsProps): ReactElement {
  const { projects, clusters } = useOrganisation();
  const cluster = clusters.find(({ metadata }) => metadata.name === form.cluster);
  const map = useClusterMap(cluster === undefined ? null : cluster.metadata);
  const pools = [...new Set(['default', form.nodePool, ...(map.state?.nodes.map(({ pool }) => pool) ?? [])])].toSorted();
  return (
    <>
      <Field label="Name" error={complaints.name}>
        {(field) => <input {...field} name="name" value={form.name} maxLength={63} autoFocus onChange={(event) => change({ name: event.target.value })} />}
      </Field>
      <Field label="Project" error={complaints.project}>
        {(field) => (
          <select {...field} name="project" value={form.project} onChange={(event) => change({ project: event.target.value })}>
            {projects.map(({ metadata, status }) => (
              <option key={metadata.id} value={metadata.name}>
                {metadata.name} · holds {gpus(status.allocatedGpuMilli)} GPUs
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label="Image" error={complaints.image} mono>
        {(field) => <input {...field} name="image" value={form.image} maxLength={512} placeholder="registry/team/image:tag" onChange={(event) => change({ image: event.target.value })} />}
      </Field>
      <Field label="Command" error={complaints.command} mono>
        {(field) => <input {...field} name="command" value={form.command} placeholder="as the image says" onChange={(event) => change({ command: event.target.value })} />}
      </Field>
      <Row label="Kind">
        <Segmented hideLabel label="Kind" value={form.kind} options={KINDS} onChange={(kind) => change({ kind })} />
      </Row>

      <h2 className={css.section}>Resources</h2>
      <Field label="Cluster" error={complaints.cluster}>
        {(field) => (
          <select {...field} name="cluster" value={form.cluster} onChange={(event) => change({ cluster: event.target.value, nodePool: 'default', gpuModels: '' })}>
            {clusters.map(({ metadata, status }) => (
              <option key={metadata.id} value={metadata.name}>
                {metadata.name} · {gpus(status.gpus * 1000 - status.allocatedGpuMilli)} of {count(status.gpus)} GPUs free
                {status.state === 'Connected' ? '' : ` · ${status.state.toLowerCase()}`}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label="Node pool" error={complaints.nodePool}>
        {(field) => (
          <select {...field} name="nodePool" value={form.nodePool} onChange={(event) => change({ nodePool: event.target.value, gpuModels: '' })}>
            {pools.map((pool) => (
              <option key={pool}>{pool}</option>
            ))}
          </select>
        )}
      </Field>
      <GpuFields form={form} change={change} complaints={complaints} models={map.state === null ? [] : modelsOf(map.state, form.nodePool)} />

      <h2 className={css.section}>Scheduling</h2>
      <Row label="Priority">
        <Segmented
          hideLabel
          label="Priority"
          value={form.priority}
          options={PRIORITIES}
          onChange={(priority) => change({ priority, preemptible: preemptibleByDefault(priority) })}
        />
        {complaints.priority === undefined ? null : <span className={css.wrong}>{complaints.priority}</span>}
      </Row>
      <Row label="Preemptible">
        <Switch label="Preemptible" checked={form.preemptible} onChange={(preemptible) => change({ preemptible })} />
        <span>{form.preemptible ? 'Yes' : 'No'}</span>
        <span className="muted">{form.preemptible ? 'may borrow beyond deserved, and be taken back' : 'may not borrow beyond deserved, is never taken back'}</span>
      </Row>
      <Row label="Elastic">
        <Switch label="Elastic" checked={form.elastic} onChange={(elastic) => change({ elastic, minWorkers: form.minWorkers || '1' })} />
        <span>{form.elastic ? 'Yes' : 'No'}</span>
        {form.elastic ? (
          <label className={css.small}>
            <span className="muted">starts with at least</span>
            <input name="minWorkers" inputMode="numeric" value={form.minWorkers} aria-invalid={complaints.minWorkers !== undefined} onChange={(event) => change({ minWorkers: event.target.value })} />
            <span className="muted">workers</span>
          </label>
        ) : (
          <span className="muted">starts only with all workers together</span>
        )}
        {complaints.minWorkers === undefined ? null : <span className={css.wrong}>{complaints.minWorkers}</span>}
      </Row>

      <h2 className={css.section}>Environment and place</h2>
      <Field label="Variables" error={complaints.environment} mono hint="NAME=value, one a line">
        {(field) => <textarea {...field} name="environment" rows={2} value={form.environment} onChange={(event) => change({ environment: event.target.value })} />}
      </Field>
      <Field label="Node labels" error={complaints.nodeSelector} mono hint="label=value, one a line">
        {(field) => <textarea {...field} name="nodeSelector" rows={1} value={form.nodeSelector} onChange={(event) => change({ nodeSelector: event.target.value })} />}
      </Field>
    </>
  );
}
