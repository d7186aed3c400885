import { useState, type FormEvent, type ReactElement } from 'react';
import { calls } from '../api/calls';
import type { Department, Project } from '../api/model';
import { Problem } from '../api/problem';
import { useOrganisation } from '../app/organisation';
import { useQuery } from '../app/router';
import { Button } from '../components/Button';
import { Glyph } from '../components/Glyph';
import { toast } from '../components/Toasts';
import { count } from '../format/numbers';
import { fromPeople, toPeople, unitWord, type Unit } from '../explain/units';
import { amountOf, quotaIn, withAmount, type Edit, type Node } from './tree';
import { parseAmount, siblingWarning } from './edit';
import css from './Quotas.module.css';

interface Draft {
  quota: string;
  limit: string;
  weight: string;
}

/** Changes deserved, limit and weight of one row. Somebody else's change in between is shown and never overwritten unseen. */
export function QuotaEditor({ node, view }: { node: Node; view: { cluster: string; pool: string; unit: Unit } }): ReactElement {
  const { departments, projects, put } = useOrganisation();
  const [query, change] = useQuery();
  const { cluster, pool, unit } = view;
  const [draft, setDraft] = useState<Draft>(() => begin(node, unit, query.get('field'), query.get('value')));
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const [theirs, setTheirs] = useState<Edit | null>(null);
  const close = (): void => change({ edit: null, kind: null, field: null, value: null }, 'replace');

  const own: Department | Project | undefined = (node.kind === 'department' ? departments : projects).find(({ metadata }) => metadata.id === node.id);
  const quota = parseAmount(draft.quota);
  const warning = quota === null || node.kind === 'department' ? null : siblingWarning(node, fromPeople(unit, quota), projects, departments, view);

  const fresh = async (): Promise<Department | Project> => (node.kind === 'department' ? calls.department(node.id) : calls.project(node.id));
  const save = async (base: Department | Project): Promise<void> => {
    const limit = parseAmount(draft.limit);
    const weight = Number(draft.weight);
    if (quota === null || limit === null || Number.isNaN(weight) || weight < 0) {
      setWrong('Enter numbers; “unlimited” for no bound.');
      return;
    }
    const edit = { quota: fromPeople(unit, quota), limit: fromPeople(unit, limit), overQuotaWeight: weight };
    const spec = { ...base.spec, quotas: withAmount(base.spec.quotas, cluster, pool, unit, edit) };
    setBusy(true);
    setWrong(null);
    try {
      if (node.kind === 'department') {
        put({ departments: await calls.putDepartment(base as Department, spec) });
      } else {
        put({ projects: await calls.putProject(base as Project, spec) });
      }
      toast(`${node.name}: the quota is saved.`);
      close();
    } catch (problem) {
      if (problem instanceof Problem && problem.status === 412) {
        const now = await fresh();
        put(node.kind === 'department' ? { departments: now as Department } : { projects: now as Project });
        setTheirs(amountOf(quotaIn(now.spec.quotas, cluster, pool), unit));
      } else {
        setWrong(problem instanceof Problem ? `${problem.message} ${problem.errors[0]?.detail ?? problem.hint}`.trim() : 'The change was not saved.');
      }
    } finally {
      setBusy(false);
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (own !== undefined) {
      void save(own);
    }
  };
  const field = (name: keyof Draft, label: string, autoFocus = false): ReactElement => (
    <label className={css.input}>
      <span>{label}</span>
      <input
        autoFocus={autoFocus}
        value={draft[name]}
        inputMode="decimal"
        maxLength={16}
        aria-invalid={wrong !== null}
        onChange={(event) => setDraft({ ...draft, [name]: event.target.value })}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            close();
          }
        }}
      />
    </label>
  );

  return (
    <form className={css.editor} onSubmit={submit}>
      {field('quota', `Deserved ${unitWord(unit)}`, true)}
      {field('limit', `Limit ${unitWord(unit)}`)}
      {field('weight', 'Over-quota weight')}
      <div className={css.effect}>
        <p className="muted">
          {node.name} deserves {word(unit, node.amount.quota)} now, of pool {pool} in {cluster}.
        </p>
        {warning === null ? null : (
          <p>
            <Glyph shape="triangle" tone="warn" /> {warning}
          </p>
        )}
        {theirs === null ? null : (
          <p role="alert">
            <Glyph shape="triangle" tone="warn" /> Somebody changed it meanwhile: deserved {word(unit, theirs.quota)}, limit {theirs.limit < 0 ? 'none' : word(unit, theirs.limit)}, weight{' '}
            {count(theirs.overQuotaWeight)}. Save again to put yours in its place, or{' '}
            <button type="button" className={css.linkButton} onClick={() => setDraft(draftOf(theirs, unit))}>
              take theirs
            </button>
            .
          </p>
        )}
        {wrong === null ? null : (
          <p role="alert" className={css.wrong}>
            {wrong}
          </p>
        )}
      </div>
      <Button look="quiet" onClick={close}>
        Cancel
      </Button>
      <Button type="submit" look="primary" busy={busy}>
        Save
      </Button>
    </form>
  );
}

function begin(node: Node, unit: Unit, field: string | null, value: string | null): Draft {
  const draft = draftOf(node.amount, unit);
  const proposed = value === null || !Number.isFinite(Number(value)) ? null : String(toPeople(unit, Number(value)));
  if (proposed === null) {
    return draft;
  }
  return field === 'limit' ? { ...draft, limit: proposed } : { ...draft, quota: proposed };
}

function draftOf(edit: Edit, unit: Unit): Draft {
  const text = (value: number): string => (value < 0 ? 'unlimited' : String(toPeople(unit, value)));
  return { quota: text(edit.quota), limit: text(edit.limit), weight: String(edit.overQuotaWeight) };
}

function word(unit: Unit, value: number): string {
  return value < 0 ? 'without bound' : count(toPeople(unit, value));
}
