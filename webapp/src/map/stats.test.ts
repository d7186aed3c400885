import { expect, it } from 'vitest';
import { mapState } from '../live/clusterMap';
import { modelsOf } from './stats';

it('sums the models of a pool, and counts nothing free on nodes that are not ready', () => {
  const state = mapState({
    version: 1,
    nodes: [
      ['a', 'default', 'A100', 8, true],
      ['b', 'default', 'A100', 8, false],
      ['c', 'default', 'T4', 2, true],
      ['d', 'other', 'H100', 8, true],
      ['e', 'default', '', 0, true],
    ],
    holders: [['w', 'train', 'vision', 'Running', [[0, 0, 1000], [0, 1, 500]]]],
  });
  expect(modelsOf(state, 'default')).toEqual([
    { name: 'A100', gpus: 16, freeMilli: 6500 },
    { name: 'T4', gpus: 2, freeMilli: 2000 },
  ]);
});
