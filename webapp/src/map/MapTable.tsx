import { useState, type ReactElement } from 'react';
import { Button, Link } from '../components/Button';
import { Glyph } from '../components/Glyph';
import { count, gpus } from '../format/numbers';
import type { Holder, MapNode, MapState } from '../live/clusterMap';
import table from '../components/Table.module.css';

const PER_PAGE = 50;
const NAMES = 4;

/** The map's content as a table, for those who do not see the picture or want the numbers. */
export function MapTable({ state, shown }: { state: MapState; shown: (node: MapNode) => boolean }): ReactElement {
  const [page, setPage] = useState(0);
  const rows = state.nodes.map((node, index) => ({ node, index })).filter(({ node }) => shown(node));
  const pages = Math.max(1, Math.ceil(rows.length / PER_PAGE));
  const at = Math.min(page, pages - 1);
  return (
    <>
      <div className={table.scroll} tabIndex={0} role="region" aria-label="Nodes">
        <table className={table.table} aria-rowcount={rows.length}>
          <thead>
            <tr>
              <th scope="col">Node</th>
              <th scope="col">State</th>
              <th scope="col">Pool</th>
              <th scope="col">Model</th>
              <th scope="col" className="num">
                GPUs
              </th>
              <th scope="col" className="num">
                Held
              </th>
              <th scope="col" className="num">
                Free
              </th>
              <th scope="col">Workloads</th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(at * PER_PAGE, (at + 1) * PER_PAGE).map(({ node, index }) => (
              <NodeRow key={node.name} node={node} state={state} index={index} />
            ))}
          </tbody>
        </table>
      </div>
      <div className={table.pager}>
        Nodes {count(rows.length === 0 ? 0 : at * PER_PAGE + 1)}–{count(Math.min(rows.length, (at + 1) * PER_PAGE))} of {count(rows.length)}
        <Button size="small" disabled={at === 0} onClick={() => setPage(at - 1)}>
          Previous
        </Button>
        <Button size="small" disabled={at + 1 >= pages} onClick={() => setPage(at + 1)}>
          Next
        </Button>
      </div>
    </>
  );
}

function NodeRow({ node, state, index }: { node: MapNode; state: MapState; index: number }): ReactElement {
  const slices = state.slices[index] ?? [];
  const held = slices.reduce((sum, { milli }) => sum + milli, 0);
  const holders = [...new Map<string, Holder>(slices.map(({ holder }) => [holder.id, holder])).values()];
  return (
    <tr>
      <th scope="row" className="mono">
        {node.name}
      </th>
      <td>
        <Glyph shape={node.ready ? 'tick' : 'cross'} tone={node.ready ? 'ok' : 'danger'} /> {node.ready ? 'Ready' : 'Not ready'}
      </td>
      <td>{node.pool}</td>
      <td>{node.model}</td>
      <td className="num">{node.gpuCount}</td>
      <td className="num">{gpus(held)}</td>
      <td className="num">{gpus(node.gpuCount * 1000 - held)}</td>
      <td>
        {holders.slice(0, NAMES).map(({ id, name, project }, place) => (
          <span key={id}>
            {place > 0 ? ', ' : ''}
            <Link to={`/workloads/${id}`}>
              {project}/{name}
            </Link>
          </span>
        ))}
        {holders.length > NAMES ? ` +${holders.length - NAMES}` : ''}
      </td>
    </tr>
  );
}
