import { describe, expect, it } from 'vitest';
import { comparePaired, median, summarise } from '../../math/statistics.ts';
import type { PolicyAssessment } from '../../playback/evaluator.api.ts';
import type { EvaluationOnShow } from './evaluation.ts';
import { resultText } from './resultText.ts';

const assessed = (returns: readonly number[]): PolicyAssessment => ({
  ...summarise(returns),
  median: median(returns),
  solvedShare: null,
  meanLength: 5,
  stdLength: 0,
  played: [],
});

const policy = (name: string, detail: string, isPresent: boolean, frames: number | null) =>
  ({ source: { name, detail, isPresent }, frames }) as unknown as EvaluationOnShow['policies'][number];

describe('A result in words', () => {
  const [first, second] = [
    [1, 2, 3, 4],
    [2, 3, 4, 9],
  ] as const;
  const result: EvaluationOnShow = {
    id: 1,
    env: 'CartPole-v1',
    settings: { episodes: 4, firstSeed: 1000, greedy: false, maxSteps: null },
    policies: [policy('lunar', 'present weights', true, 1_200_000), policy('a.safetensors', '', false, null)],
    assessment: { policies: [assessed(first), assessed(second)], comparison: comparePaired(first, second) },
  };

  it('says how it was played, each policy by what it had learned, and the difference', () => {
    const [how, one, two, difference] = resultText(result).split('\n');
    expect(how).toBe('CartPole-v1, 4 episodes from seed 1000, sampled');
    expect(one).toMatch(/^lunar, 1.20M env steps: IQM 2.5 \[.*\], mean 2.5 ± 1.1, median 2.5, 1.0 to 4.0$/);
    expect(two).toMatch(/^a.safetensors: IQM 3.5 /);
    expect(difference).toMatch(/^Second minus first: 2.0 \[.*\], probability of improvement 100 %$/);
  });
});
