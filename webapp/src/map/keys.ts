import type { MapNode } from '../live/clusterMap';
import type { Spot } from './layout';

/** Where the cursor goes among tiles: left and right from GPU to GPU, up and down from row to row. */
export function stepInTiles(nodes: readonly MapNode[], order: readonly number[], from: Spot, key: string, perRow: number): Spot {
  const at = Math.max(0, order.indexOf(from.node));
  const gpusOf = (place: number): number => nodes[order[place] ?? -1]?.gpuCount ?? 0;
  const spot = (place: number, gpu: number): Spot => {
    const bounded = Math.min(order.length - 1, Math.max(0, place));
    return { node: order[bounded] ?? from.node, gpu: Math.min(Math.max(0, gpusOf(bounded) - 1), Math.max(0, gpu)) };
  };
  switch (key) {
    case 'ArrowRight':
      return from.gpu + 1 < gpusOf(at) ? spot(at, from.gpu + 1) : at + 1 < order.length ? spot(at + 1, 0) : from;
    case 'ArrowLeft':
      return from.gpu > 0 ? spot(at, from.gpu - 1) : at > 0 ? spot(at - 1, gpusOf(at - 1) - 1) : from;
    case 'ArrowUp':
      return at - perRow >= 0 ? spot(at - perRow, from.gpu) : from;
    case 'ArrowDown':
      return at + perRow < order.length ? spot(at + perRow, from.gpu) : from;
    default:
      return from;
  }
}
