/** A result in words, for a message or a notebook. */
import { count, fixed } from '../format.ts';
import type { EvaluationOnShow } from './evaluation.ts';
import { policyTitle } from './policyTitle.ts';

export function resultText({ policies, env, settings, assessment }: EvaluationOnShow): string {
  const { episodes, firstSeed, greedy } = settings;
  const how = `${env}, ${count(episodes, 'episode')} from seed ${firstSeed}, ${greedy ? 'greedy' : 'sampled'}`;
  const lines = assessment.policies.map(
    ({ iqm, iqmCi95, mean, std, median, min, max }, i) =>
      `${policyTitle(policies[i]!)}: IQM ${fixed(iqm, 1)} [${fixed(iqmCi95[0], 1)}, ${fixed(iqmCi95[1], 1)}], ` +
      `mean ${fixed(mean, 1)} ± ${fixed(std, 1)}, median ${fixed(median, 1)}, ${fixed(min, 1)} to ${fixed(max, 1)}`,
  );
  const { comparison } = assessment;
  if (comparison) {
    const { difference, differenceCi95: interval, probabilityOfImprovement } = comparison;
    lines.push(
      `Second minus first: ${fixed(difference, 1)} [${fixed(interval[0], 1)}, ${fixed(interval[1], 1)}], ` +
        `probability of improvement ${fixed(100 * probabilityOfImprovement, 0)} %`,
    );
  }
  return [how, ...lines].join('\n');
}
