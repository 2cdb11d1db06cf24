/** Every algorithm there is: a folder each, and a line here. */
import type { Algorithm } from './algorithm.ts';
import { appo } from './appo/appo.ts';
import { impala } from './impala/impala.ts';

export const algorithms = [impala, appo] as const satisfies readonly Algorithm[];

export type AlgorithmId = (typeof algorithms)[number]['id'];

export const algorithmIds: readonly AlgorithmId[] = algorithms.map(({ id }) => id);

export const findAlgorithm = (id: AlgorithmId): Algorithm =>
  algorithms.find((algorithm) => algorithm.id === id) as Algorithm;

type Intersection<Union> = (Union extends unknown ? (one: Union) => void : never) extends (all: infer All) => void
  ? All
  : never;

/** The rows that algorithms add to the table of hyperparameters. */
export const algorithmHyperparameters = Object.assign(
  {},
  ...algorithms.map(({ hyperparameters }) => hyperparameters),
) as Intersection<(typeof algorithms)[number]['hyperparameters']>;
