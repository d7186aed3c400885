import { Table2, ZoomIn, ZoomOut } from 'lucide-react';
import { useCallback, useMemo, useState, type ReactElement } from 'react';
import type { Cluster } from '../api/model';
import { useOrganisation } from '../app/organisation';
import { go, useQuery } from '../app/router';
import { useTheme } from '../app/theme';
import { IconButton, LinkButton } from '../components/Button';
import { Segmented, Select } from '../components/Controls';
import { Empty, Failure, Skeleton } from '../components/Notes';
import { Page } from '../components/Page';
import type { MapNode, MapState, Slice } from '../live/clusterMap';
import { useClusterMap } from '../live/useClusterMap';
import { useWaiting } from '../live/useWaiting';
import { DenseMap } from '../map/DenseMap';
import { Inspector } from '../map/Inspector';
import { describe } from '../map/describe';
import { LARGEST, SMALLEST, type Spot } from '../map/layout';
import { MapStats } from '../map/MapStats';
import { MapTable } from '../map/MapTable';
import type { ColourBy } from '../map/paint';
import { statsOf } from '../map/stats';
import { TileMap } from '../map/TileMap';
import css from '../map/Map.module.css';

/** Up to so many nodes are drawn as tiles with names, more as one picture of cells. */
const MOST_TILES = 48;

const COLOURS: readonly (readonly [ColourBy, string])[] = [
  ['project', 'Project'],
  ['status', 'Status'],
];

export default function MapPage(): ReactElement {
  const { clusters, ready, failure, retry } = useOrganisation();
  const [query, change] = useQuery();
  const asked = query.get('cluster');
  const cluster = clusters.find(({ metadata }) => metadata.name === asked) ?? busiest(clusters);
  const live = useClusterMap(cluster === undefined ? null : cluster.metadata);
  const colourBy: ColourBy = query.get('colour') === 'status' ? 'status' : 'project';
  const asTable = query.get('view') === 'table';
  const zoom = Math.min(LARGEST, Math.max(0, Number(query.get('cell') ?? 0) || 0));
  const pools = [...new Set(live.state?.nodes.map(({ pool }) => pool))].toSorted();

  const tools = (
    <>
      <Select
        bare={false}
        label="Cluster"
        value={cluster?.metadata.name ?? ''}
        options={clusters.map(({ metadata }) => ({ value: metadata.name, label: metadata.name }))}
        onChange={(name) => change({ cluster: name, pool: null, cell: null })}
      />
      <Select
        label="Pool"
        value={query.get('pool') ?? ''}
        options={[{ value: '', label: 'all' }, ...pools.map((pool) => ({ value: pool, label: pool }))]}
        onChange={(pool) => change({ pool })}
      />
      <Segmented label="Colour" value={colourBy} options={COLOURS} onChange={(colour) => change({ colour: colour === 'project' ? null : colour, only: null }, 'replace')} />
    </>
  );
  const actions = (
    <>
      <IconButton name="Smaller cells" icon={<ZoomOut size={14} aria-hidden />} onClick={() => change({ cell: String(Math.max(SMALLEST, (zoom || 8) - 2)) }, 'replace')} />
      <IconButton name="Larger cells" icon={<ZoomIn size={14} aria-hidden />} onClick={() => change({ cell: String(Math.min(LARGEST, (zoom || 8) + 3)) }, 'replace')} />
      <IconButton name={asTable ? 'Show as map' : 'Show as table'} icon={<Table2 size={14} aria-hidden />} onClick={() => change({ view: asTable ? null : 'table' })} />
    </>
  );

  return (
    <Page title="Cluster map" name="Cluster map" tools={tools} actions={actions}>
      {failure !== null ? <Failure problem={failure} retry={retry} /> : null}
      {live.problem !== null && live.state === null ? <Failure problem={live.problem} retry={live.reload} /> : null}
      {ready && cluster === undefined ? (
        <Empty title="No cluster is connected">
          <p>A cluster joins by one command with a token. It dials out to here, so nothing has to be opened in it.</p>
          <LinkButton to="/clusters" look="primary">
            Join a cluster
          </LinkButton>
        </Empty>
      ) : null}
      {live.state !== null && cluster !== undefined ? (
        <MapBody state={live.state} cluster={cluster.metadata.name} colourBy={colourBy} asTable={asTable} zoom={zoom} />
      ) : cluster !== undefined && live.problem === null ? (
        <Skeleton rows={12} />
      ) : null}
    </Page>
  );
}

interface BodyProps {
  state: MapState;
  cluster: string;
  colourBy: ColourBy;
  asTable: boolean;
  zoom: number;
}

function MapBody({ state, cluster, colourBy, asTable, zoom }: BodyProps): ReactElement {
  const { colour: slot } = useOrganisation();
  const theme = useTheme();
  const [query, change] = useQuery();
  const [said, setSaid] = useState('');
  const pool = query.get('pool') ?? '';
  const project = query.get('project') ?? '';
  const only = colourBy === 'project' ? project : (query.get('only') ?? '');
  const waiting = useWaiting(cluster, pool, project);

  const shown = useCallback((node: MapNode) => pool === '' || node.pool === pool, [pool]);
  const lit = useCallback(
    ({ holder }: Slice) => (project === '' || holder.project === project) && (only === '' || only === (colourBy === 'project' ? holder.project : holder.phase)),
    [only, project, colourBy],
  );
  const stats = useMemo(() => statsOf(state, shown), [state, shown]);
  const open = useCallback((workload: string) => go(`/workloads/${workload}`), []);
  const say = useCallback((spot: Spot) => setSaid(describe(state, spot)), [state]);
  const common = { state, shown, lit, slot, colourBy, open, say };

  return (
    <div className={css.area}>
      <div className={css.main}>
        <MapStats stats={stats} slot={slot} />
        {asTable ? (
          <MapTable state={state} shown={shown} />
        ) : stats.nodes <= MOST_TILES && zoom === 0 ? (
          <TileMap {...common} />
        ) : (
          <DenseMap {...common} theme={theme} zoom={zoom} />
        )}
        <p className="visually-hidden" aria-live="polite">
          {said}
        </p>
      </div>
      <Inspector
        stats={stats}
        colourBy={colourBy}
        slot={slot}
        chosen={only}
        choose={(name) => change(colourBy === 'project' ? { project: name } : { only: name }, 'replace')}
        waiting={waiting.items}
        waitingTotal={waiting.total}
      />
    </div>
  );
}

/** The cluster that is shown when the address names none: connected ones first, then the one with most GPUs. */
function busiest(clusters: readonly Cluster[]): Cluster | undefined {
  const rank = ({ status }: Cluster): number => (status.state === 'Connected' ? 1e9 : 0) + status.gpus;
  return clusters.toSorted((left, right) => rank(right) - rank(left))[0];
}
