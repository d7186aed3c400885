import { gpuShare } from '../format/numbers';
import type { MapState } from '../live/clusterMap';
import type { Spot } from './layout';
import { slicesOf } from './stats';

/** One GPU in words, for the live region. */
export function describe(state: MapState, spot: Spot): string {
  const node = state.nodes[spot.node];
  if (node === undefined) {
    return '';
  }
  const slices = slicesOf(state, spot.node, spot.gpu);
  const held = slices.map(({ holder, milli }) => `${holder.project}/${holder.name}, ${holder.phase}${milli < 1000 ? `, ${gpuShare(milli)}` : ''}`);
  const what = held.length === 0 ? 'free' : held.join('; ');
  return `${node.name}, GPU ${spot.gpu} of ${node.gpuCount}${node.ready ? '' : ', node not ready'}: ${what}.`;
}
