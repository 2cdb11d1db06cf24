import { resolveAutomatic } from '../../src/config/derivedSizes.ts';
import { assertNoProblems } from '../../src/config/findProblems.ts';
import { defaultHyperparameters, type Hyperparameters } from '../../src/config/hyperparameters.ts';

export type { Hyperparameters };

/** What an agent makes of its argument: defaults filled in, problems thrown, "automatic" resolved for four threads. */
export function hyperparametersFrom(given: Partial<Hyperparameters>): Hyperparameters {
  const machine = { hardwareConcurrency: 4 };
  const h = { ...defaultHyperparameters, ...given };
  assertNoProblems(h, machine);
  return resolveAutomatic(h, machine);
}
