import { useMemo, type ReactElement } from 'react';
import { useOrganisation } from '../app/organisation';
import { useQuery } from '../app/router';
import { Button } from '../components/Button';
import { Checkbox, Segmented, Select } from '../components/Controls';
import { Empty, Failure, Skeleton } from '../components/Notes';
import { Page } from '../components/Page';
import { UNITS, unitWord, type Unit } from '../explain/units';
import { useClusterMap } from '../live/useClusterMap';
import { QuotaLegend } from '../quotas/QuotaLegend';
import { QuotaRows } from '../quotas/QuotaRows';
import { axisEnd, balance, treeOf } from '../quotas/tree';
import { ticksOf } from '../quotas/ticks';
import table from '../components/Table.module.css';
import css from '../quotas/Quotas.module.css';

export default function QuotasPage(): ReactElement {
  const { departments, projects, clusters, ready, failure, retry } = useOrganisation();
  const [query, change] = useQuery();
  const overOnly = query.get('over') === 'only';
  const cluster = clusters.find(({ metadata }) => metadata.name === query.get('cluster')) ?? clusters[0];
  const map = useClusterMap(cluster === undefined ? null : cluster.metadata);
  const name = cluster?.metadata.name ?? '';
  const pools = useMemo(() => {
    const quotas = [...departments, ...projects].flatMap(({ spec }) => spec.quotas ?? []);
    const named = quotas.filter((quota) => (quota.cluster ?? name) === name).map(({ nodePool }) => nodePool);
    return [...new Set([...named, ...(map.state?.nodes.map(({ pool }) => pool) ?? []), 'default'])].toSorted();
  }, [departments, projects, map.state, name]);
  const pool = query.get('pool') ?? (pools.includes('default') ? 'default' : (pools[0] ?? 'default'));
  const unit: Unit = UNITS.find(([known]) => known === query.get('unit'))?.[0] ?? 'gpuMilli';
  const tree = useMemo(() => treeOf(departments, projects, { cluster: name, pool, unit }), [departments, projects, name, pool, unit]);
  const end = axisEnd(tree);

  const tools = (
    <>
      <Select label="Cluster" value={name} options={clusters.map(({ metadata }) => ({ value: metadata.name, label: metadata.name }))} onChange={(to) => change({ cluster: to, pool: null })} />
      <Select label="Pool" value={pool} options={pools.map((value) => ({ value, label: value }))} onChange={(to) => change({ pool: to })} />
      <Segmented label="Unit" value={unit} options={UNITS} onChange={(to) => change({ unit: to === 'gpuMilli' ? null : to })} hideLabel />
      <Checkbox checked={overOnly} onChange={(on) => change({ over: on ? 'only' : null })}>
        Only over quota
      </Checkbox>
    </>
  );

  return (
    <Page title="Quotas" name="Quotas" tools={tools} actions={<QuotaLegend />}>
      {failure === null ? null : <Failure problem={failure} retry={retry} />}
      {!ready && failure === null ? <Skeleton rows={8} height={40} /> : null}
      {ready && tree.length === 0 ? (
        <Empty title="There are no departments and projects yet">
          <p>Make them with the API: POST /api/v1/departments and /api/v1/projects.</p>
        </Empty>
      ) : null}
      {tree.length > 0 && overOnly && tree.every((node) => [node, ...node.children].every((one) => balance(one).text !== 'over')) ? (
        <Empty title={`Nobody is over quota on pool ${pool} of ${name}`}>
          <Button onClick={() => change({ over: null })}>Show all</Button>
        </Empty>
      ) : null}
      {tree.length === 0 ? null : (
        <div className={table.scroll} tabIndex={0} role="region" aria-label="Quota tree">
          <table className={`${table.table} ${css.tree}`}>
            <caption className="visually-hidden">
              Quotas of pool {pool} of cluster {name} in {unitWord(unit)}
            </caption>
            <thead>
              <tr>
                <th scope="col" className={css.nameColumn}>
                  Department, project
                </th>
                <th scope="col" className={css.barColumn}>
                  <span className="visually-hidden">Deserved, held and asked as bars</span>
                  <span className={css.ticks} aria-hidden="true">
                    {unit === 'gpuMilli'
                      ? ticksOf(end).map(({ at, text }) => (
                          <i key={at} style={{ left: `${at}%` }}>
                            {text}
                          </i>
                        ))
                      : null}
                  </span>
                </th>
                <th scope="col" className="num">
                  Deserved
                </th>
                <th scope="col" className="num">
                  Limit
                </th>
                <th scope="col" className="num">
                  Held
                </th>
                <th scope="col" className="num" title="What all unfinished workloads ask for in this pool">
                  Asked
                </th>
                <th scope="col">Balance</th>
                <th scope="col" className="num">
                  Weight
                </th>
                <th scope="col" className="num">
                  Priority
                </th>
                <th scope="col">
                  <span className="visually-hidden">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              <QuotaRows tree={tree} view={{ cluster: name, pool, unit }} end={end} overOnly={overOnly} />
            </tbody>
          </table>
        </div>
      )}
    </Page>
  );
}
