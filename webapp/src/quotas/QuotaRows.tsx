import { ChevronDown, ChevronRight, Pencil } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { useOrganisation } from '../app/organisation';
import { useQuery } from '../app/router';
import { mayManage, useMe } from '../app/session';
import { Button } from '../components/Button';
import { ProjectName } from '../components/Controls';
import { Glyph } from '../components/Glyph';
import { count, gpus, NOTHING } from '../format/numbers';
import { toPeople, type Unit } from '../explain/units';
import { QuotaBar } from './QuotaBar';
import { QuotaEditor } from './QuotaEditor';
import { balance, type Node } from './tree';
import css from './Quotas.module.css';

interface Props {
  tree: readonly Node[];
  view: { cluster: string; pool: string; unit: Unit };
  end: number;
  overOnly: boolean;
}

export function QuotaRows({ tree, view, end, overOnly }: Props): ReactElement {
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const toggle = (id: string): void => {
    setClosed((before) => {
      const next = new Set(before);
      if (!next.delete(id)) {
        next.add(id);
      }
      return next;
    });
  };
  return (
    <>
      {tree.map((department) => (
        <Branch
          key={department.id}
          node={department}
          view={view}
          end={end}
          open={!closed.has(department.id)}
          toggle={() => toggle(department.id)}
          overOnly={overOnly}
        />
      ))}
    </>
  );
}

interface BranchProps {
  node: Node;
  view: Props['view'];
  end: number;
  open: boolean;
  toggle: () => void;
  overOnly: boolean;
}

function Branch({ node, view, end, open, toggle, overOnly }: BranchProps): ReactElement {
  const shown = overOnly ? node.children.filter((child) => balance(child).text === 'over') : node.children;
  return (
    <>
      {overOnly && shown.length === 0 && balance(node).text !== 'over' ? null : <QuotaRow node={node} view={view} end={end} open={open} toggle={toggle} />}
      {open ? shown.map((child) => <QuotaRow key={child.id} node={child} view={view} end={end} />) : null}
    </>
  );
}

/** A row, and below it the editor while it is changed. Which one is changed stands in the address. */
function QuotaRow(props: { node: Node; view: Props['view']; end: number; open?: boolean; toggle?: () => void }): ReactElement {
  const { node, view, end, open, toggle } = props;
  const { colour } = useOrganisation();
  const me = useMe();
  const [query, change] = useQuery();
  const { unit } = view;
  const editing = node.id !== '' && query.get('edit') === node.name && (query.get('kind') ?? 'project') === node.kind;
  const begin = (): void => change({ edit: node.name, kind: node.kind === 'project' ? null : node.kind, field: null, value: null }, 'replace');
  const locked = mayManage(me) ? undefined : 'Needs the role manager';
  const amount = (value: number): string => (value < 0 ? '∞' : count(toPeople(unit, value)));
  const numbers = unit === 'gpuMilli';
  return (
    <>
      <tr className={`${node.kind === 'department' ? css.department : ''} ${editing ? css.edited : ''}`} data-quota={node.name}>
        <th scope="row" className={css.nameCell}>
          {toggle === undefined ? (
            <ProjectName name={node.title} colour={colour(node.name)} />
          ) : (
            <button type="button" className={css.toggle} aria-expanded={open} onClick={toggle}>
              {open ? <ChevronDown size={14} aria-hidden /> : <ChevronRight size={14} aria-hidden />}
              {node.title}
            </button>
          )}
        </th>
        <td className={css.barCell}>{numbers ? <QuotaBar node={node} end={end} slot={node.kind === 'project' ? colour(node.name) : null} /> : null}</td>
        <td className="num">
          <b>{amount(node.amount.quota)}</b>
        </td>
        <td className="num">{node.amount.limit < 0 ? NOTHING : amount(node.amount.limit)}</td>
        <td className="num">
          <b>{numbers ? gpus(node.held) : NOTHING}</b>
        </td>
        <td className="num">{numbers ? gpus(node.asked) : NOTHING}</td>
        <td>{numbers ? <Balance node={node} /> : NOTHING}</td>
        <td className="num">{count(node.running)}</td>
        <td className="num">{count(node.queued)}</td>
        <td className="num">{count(node.amount.overQuotaWeight)}</td>
        <td className="num">{count(node.priority)}</td>
        <td className={css.action}>
          {node.id === '' || editing ? null : (
            <Button size="small" look="quiet" icon={<Pencil size={12} aria-hidden />} locked={locked} aria-label={`Edit the quota of ${node.name}`} onClick={begin}>
              Edit
            </Button>
          )}
        </td>
      </tr>
      {editing ? (
        <tr className={css.edited}>
          <td colSpan={12} className={css.editorCell}>
            <QuotaEditor node={node} view={view} />
          </td>
        </tr>
      ) : null}
    </>
  );
}

function Balance({ node }: { node: Node }): ReactElement {
  const { text, milli, atLimit } = balance(node);
  if (text === 'over') {
    return (
      <span>
        <Glyph shape="triangle" tone="warn" /> +{gpus(milli)} over{atLimit ? ', at limit' : ''}
      </span>
    );
  }
  return <span className="muted">{text === 'unused' ? `${gpus(milli)} unused` : atLimit && node.held > 0 ? 'at limit' : NOTHING}</span>;
}
