import { useEffect, useState, type FormEvent, type ReactElement } from 'react';
import { calls } from '../api/calls';
import { Problem } from '../api/problem';
import { useOrganisation } from '../app/organisation';
import { go, useQuery } from '../app/router';
import { Button, Link, LinkButton } from '../components/Button';
import { Key } from '../components/Controls';
import { Failure } from '../components/Notes';
import { Page } from '../components/Page';
import { toast } from '../components/Toasts';
import { bodyOf, checked, complaintsOf, formOf, type Complaints, type Form } from '../workloads/form';
import { forgetDraft, keepDraft, storedDraft } from '../workloads/draft';
import { SubmitFields } from '../workloads/SubmitFields';
import { SubmitSide } from '../workloads/SubmitSide';
import css from '../workloads/Submit.module.css';

/** The form to submit a workload; beside it what the project has, and the same request as text. */
export default function SubmitPage(): ReactElement {
  const { projects, clusters } = useOrganisation();
  const [query] = useQuery();
  const from = query.get('from');
  const [typed, setForm] = useState<Form>(storedDraft);
  const [complaints, setComplaints] = useState<Complaints>({});
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  usePrefill(from, query.get('set'), query.get('to'), setForm, setProblem);

  // What is not chosen yet is the first that there is, so that a short form needs few answers.
  const form: Form = {
    ...typed,
    project: typed.project || (query.get('project') ?? projects[0]?.metadata.name ?? ''),
    cluster: typed.cluster || (clusters.find(({ status }) => status.state === 'Connected') ?? clusters[0])?.metadata.name || '',
  };
  const change = (changes: Partial<Form>): void => {
    const next = { ...typed, ...changes };
    setForm(next);
    keepDraft(next);
    setComplaints((before) => Object.fromEntries(Object.entries(before).filter(([field]) => !(field in changes))));
  };
  const submit = async (): Promise<void> => {
    const early = checked(form);
    setComplaints(early);
    setProblem(null);
    if (Object.keys(early).length > 0) {
      return;
    }
    setBusy(true);
    try {
      const { metadata } = await calls.submit(bodyOf(form));
      forgetDraft(form);
      toast(`${metadata.name} is submitted.`);
      go(`/workloads/${metadata.id}`);
    } catch (refusal) {
      const { fields, rest } = refusal instanceof Problem ? complaintsOf(refusal) : { fields: {}, rest: [''] };
      setComplaints(fields);
      setProblem(Object.keys(fields).length === 0 || rest.length > 0 ? refusal : null);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Page
      name="Submit a workload"
      title={
        <>
          <span className={css.crumb}>
            <Link to="/workloads">Workloads</Link> ›
          </span>
          Submit
        </>
      }
      actions={
        <>
          <span className="muted">draft kept in this tab</span>
          <LinkButton to="/workloads" look="quiet">
            Cancel
          </LinkButton>
          <Button type="submit" form="submit" look="primary" busy={busy} aria-label="Submit" aria-keyshortcuts="Meta+Enter Control+Enter">
            Submit <Key>⌘↵</Key>
          </Button>
        </>
      }
    >
      <div className={css.split}>
        <form
          id="submit"
          className={css.form}
          noValidate
          onSubmit={(event: FormEvent) => {
            event.preventDefault();
            void submit();
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
              event.preventDefault();
              void submit();
            }
          }}
        >
          {problem === null ? null : <Failure problem={problem} />}
          <SubmitFields form={form} change={change} complaints={complaints} />
        </form>
        <SubmitSide form={form} />
      </div>
    </Page>
  );
}

/** Fills the form from a workload that was submitted before. */
function usePrefill(from: string | null, field: string | null, to: string | null, set: (form: Form) => void, failed: (problem: unknown) => void): void {
  useEffect(() => {
    if (from === null) {
      return undefined;
    }
    const abort = new AbortController();
    calls.workload(from, abort.signal).then(
      (workload) => set(formOf(workload, field === null ? null : { field, to: to ?? '' })),
      (problem: unknown) => {
        if (!abort.signal.aborted) {
          failed(problem);
        }
      },
    );
    return () => abort.abort();
  }, [from, field, to, set, failed]);
}
