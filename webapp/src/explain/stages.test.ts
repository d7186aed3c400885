import { expect, it } from 'vitest';
import type { Explanation } from '../api/model';
import { blockingStage, stagesOf, waitingSentence } from './stages';

function blockedAt(stage: string, reason: string): Explanation {
  const checks = [
    { stage: 'gate', passed: true, detail: '' },
    { stage, passed: false, detail: '' },
  ];
  return { reason, sentence: '', checks, position: 1, waiting: 1, changes: [] };
}

it('tells a limit that is too low apart from nodes that are too small', () => {
  expect(waitingSentence(blockedAt('limit', 'NeverFits'), 'sandbox')).toContain('more than sandbox may ever hold');
  expect(waitingSentence(blockedAt('placement', 'NeverFits'), 'sandbox')).toContain('no node of the pool is large enough');
  expect(waitingSentence(blockedAt('limit', 'OverLimit'), 'sandbox')).toContain('when sandbox gives back');
  expect(waitingSentence(blockedAt('placement', 'NoFit'), 'sandbox')).toContain('starts when enough is given back');
});

it('shows every stage, and which one blocks', () => {
  const stages = stagesOf(blockedAt('limit', 'OverLimit'));
  expect(stages.map(({ key, state }) => `${key} ${state}`)).toEqual(['gate passed', 'limit failed', 'quota unreached', 'fairShare unreached', 'placement unreached']);
  expect(stages.filter(({ blocks }) => blocks).map(({ key }) => key)).toEqual(['limit']);
  expect(blockingStage({ ...blockedAt('limit', ''), checks: [] })).toBe('');
});
