import { Minus, Plus } from 'lucide-react';
import type { ReactElement } from 'react';
import { Segmented } from '../components/Controls';
import { Row } from '../components/Field';
import { count, gpus } from '../format/numbers';
import type { ModelUse } from '../map/stats';
import { words, type Complaints, type Form, type GpuMode } from './form';
import type { FieldsProps } from './SubmitFields';
import css from './Submit.module.css';

const MODES: readonly (readonly [GpuMode, string])[] = [
  ['whole', 'Whole'],
  ['fraction', 'Fraction'],
  ['memory', 'Memory'],
  ['none', 'None'],
];

export function GpuFields({ form, change, complaints, models }: FieldsProps & { models: readonly ModelUse[] }): ReactElement {
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
      {form.gpuMode === 'none' ? null : <Models form={form} change={change} complaints={complaints} models={models} />}
      <Row label="CPU, memory">
        <Amount label="CPU cores per worker" name="cpu" unit="cores" value={form.cpu} change={(cpu) => change({ cpu })} />
        <Amount label="Memory per worker in GiB" name="memory" unit="GiB" value={form.memory} change={(memory) => change({ memory })} />
        <span className="muted">per worker</span>
        <Wrong complaints={complaints} fields={['cpu', 'memory']} />
      </Row>
    </>
  );
}

/** The models that there are, with what is free of each; what is asked by name and not there is shown too. */
function Models({ form, change, complaints, models }: FieldsProps & { models: readonly ModelUse[] }): ReactElement {
  const asked = words(form.gpuModels);
  const shown = [...models, ...asked.filter((name) => !models.some((model) => model.name === name)).map((name) => ({ name, gpus: 0, freeMilli: 0 }))];
  const toggle = (name: string, on: boolean): void => change({ gpuModels: (on ? [...asked, name] : asked.filter((other) => other !== name)).join(', ') });
  return (
    <Row label="GPU models">
      <div className={css.models} role="group" aria-label="GPU models">
        <label className={css.model}>
          <input type="checkbox" checked={asked.length === 0} onChange={() => change({ gpuModels: '' })} />
          <span>Any model</span>
          <span className={css.modelFree}>
            <b>{gpus(models.reduce((sum, { freeMilli }) => sum + freeMilli, 0))}</b> of {count(models.reduce((sum, model) => sum + model.gpus, 0))} free
          </span>
        </label>
        {shown.map(({ name, gpus: all, freeMilli }) => (
          <label key={name} className={css.model}>
            <input type="checkbox" checked={asked.includes(name)} onChange={(event) => toggle(name, event.target.checked)} />
            <span className="mono">{name}</span>
            <span className={css.modelFree}>{all === 0 ? 'not in this pool' : <><b>{gpus(freeMilli)}</b> of {count(all)} free</>}</span>
          </label>
        ))}
      </div>
      <Wrong complaints={complaints} fields={['gpuModels']} />
    </Row>
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
