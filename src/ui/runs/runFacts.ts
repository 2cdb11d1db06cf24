/** What the table says of runs, and how they compare. */
import { type HyperparameterName, hyperparameterNames } from '../../config/hyperparameters.ts';
import type { StoredRun } from '../../runs/RunStore.ts';
import { numColours } from '../../runs/runNames.ts';
import type { Evaluation } from '../../trainer/run.ts';

/** The evaluation with the highest interquartile mean, of equal ones the last: that is whose weights are kept. */
export const bestEvaluation = ({ evaluations }: Pick<StoredRun, 'evaluations'>): Evaluation | null =>
  evaluations.reduce<Evaluation | null>((best, one) => (best && best.iqm > one.iqm ? best : one), null);

/** Of the whole budget. */
export const shareDone = ({ frames, hyperparameters }: StoredRun): number =>
  Math.min(1, frames / hyperparameters.numTrainSteps);

/** Settings in which not all runs agree, in the order of the form. A run's name is no setting of it. */
export function differingNames(runs: readonly Pick<StoredRun, 'hyperparameters'>[]): HyperparameterName[] {
  const [first, ...others] = runs;
  if (!first) return [];
  return hyperparameterNames.filter(
    (name) => name !== 'tag' && others.some((run) => run.hyperparameters[name] !== first.hyperparameters[name]),
  );
}

/** How a run's lines look: a series colour, and dashes once all colours are taken. */
export const lookOfColour = (colour: number): { readonly stroke: string; readonly dash: string } => ({
  stroke: `var(--s${(colour % numColours) + 1})`,
  dash: ['none', '6 3', '2 3'][Math.floor(colour / numColours) % 3]!,
});

/** In these, runs of one group may differ. */
const besides: readonly HyperparameterName[] = ['tag', 'seed'];
const groupingNames = hyperparameterNames.filter((name) => !besides.includes(name));

/** Runs of the same settings but for the seed, in the order of their first ones. */
export function groupBySettings(runs: readonly StoredRun[]): StoredRun[][] {
  const groups = new Map<string, StoredRun[]>();
  for (const run of runs) {
    const key = JSON.stringify([run.algorithm, ...groupingNames.map((name) => run.hyperparameters[name])]);
    groups.set(key, [...(groups.get(key) ?? []), run]);
  }
  return [...groups.values()];
}
