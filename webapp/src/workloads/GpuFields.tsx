import { Minus, Plus } from 'lucide-react';
import type { ReactElement } from 'react';
import { Segmented } from '../components/Controls';
import { Field, Row } from '../components/Field';
import type { Complaints, Form, GpuMode } from './form';
import type { FieldsProps } from './SubmitFields';
import css from './Submit.module.css';

const MODES: readonly (readonly [GpuMode, string])[] = [
  ['whole', 'Whole'],
  ['fraction', 'Fraction'],
  ['memory', 'Memory'],
  ['none', 'None'],
];

export function GpuFields({ form, change, complaints }: FieldsProps): ReactElement {
  return (
    <>
      <Row label="GPUs per worker">
        {form.gpuMode === 'none' ? null : <Stepper label="GPUs per worker" name="devices" value={form.devices} least={1} change={(devices) => change({ devices })} />}
        <Segmented hideLabel label="How GPUs are asked" value={form.gpuMode} options={MODES} onChange={(gpuMode) => change({ gpuMode, devices: form.devices === '0' ? '1' : form.devices })} />
        {form.gpuMode === 'fraction' ? <Amount label="Part of each" name="fraction" unit="of each" value={form.fraction} change={(fraction) => change({ fraction })} /> : null}
        {form.gpuMode === 'memory' ? <Amount label="Memory of each" name="gpuMemory" unit="GiB of each" value={form.gpuMemory} change={(gpuMemory) => change({ gpuMemory })} /> : null}
        <Wrong complaints={complaints} fields={['devices', 'fraction', 'gpuMemory']} />
      </Row>
      <Row label="Workers">
        <Stepper label="Workers" name="workers" value={form.workers} least={1} change={(workers) => change({ workers })} />
        <span className="muted">pods of the same shape, that start together</span>
        <Wrong complaints={complaints} fields={['workers']} />
      </Row>
      <Field label="GPU models" error={complaints.gpuModels} mono>
        {(field) => <input {...field} name="gpuModels" value={form.gpuModels} placeholder="any; or a list of models" onChange={(event) => change({ gpuModels: event.target.value })} />}
      </Field>
      <Row label="CPU, memory">
        <Amount label="CPU cores per worker" name="cpu" unit="cores" value={form.cpu} change={(cpu) => change({ cpu })} />
        <Amount label="Memory per worker in GiB" name="memory" unit="GiB" value={form.memory} change={(memory) => change({ memory })} />
        <span className="muted">per worker</span>
        <Wrong complaints={complaints} fields={['cpu', 'memory']} />
      </Row>
    </>
  );
}

function Wrong({ complaints, fields }: { complaints: Complaints; fields: readonly (keyof Form)[] }): ReactElement | null {
  const text = fields.flatMap((field) => complaints[field] ?? []).join(' ');
  return text === '' ? null : (
    <span className={css.wrong} role="alert">
      {text}
    </span>
  );
}

function Stepper(props: { label: string; name: string; value: string; least: number; change: (value: string) => void }): ReactElement {
  const { label, name, value, least, change } = props;
  const step = (by: number): void => change(String(Math.max(least, (Number(value) || 0) + by)));
  return (
    <span className={css.stepper}>
      <button type="button" aria-label={`Fewer: ${label}`} onClick={() => step(-1)}>
        <Minus size={14} aria-hidden />
      </button>
      <input aria-label={label} name={name} inputMode="numeric" maxLength={5} value={value} onChange={(event) => change(event.target.value)} />
      <button type="button" aria-label={`More: ${label}`} onClick={() => step(1)}>
        <Plus size={14} aria-hidden />
      </button>
    </span>
  );
}

function Amount(props: { label: string; name: string; unit: string; value: string; change: (value: string) => void }): ReactElement {
  const { label, name, unit, value, change } = props;
  return (
    <span className={css.amount}>
      <input aria-label={label} name={name} inputMode="decimal" maxLength={10} value={value} onChange={(event) => change(event.target.value)} />
      <span className="muted">{unit}</span>
    </span>
  );
}
