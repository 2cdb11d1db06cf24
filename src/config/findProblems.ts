/** Checks a whole configuration and reports everything that is wrong with it, with the arithmetic. */
import type { EnvSpec } from '../envs/env.ts';
import { findEnv } from '../envs/registry.ts';
import type { ActionSpace } from '../envs/spaces.ts';
import { fewestStorages, type Machine, numEnvs, resolveAutomatic } from './derivedSizes.ts';
import { findEncoderProblem } from './encoders.ts';
import { type HyperparameterName, type Hyperparameters, hyperparameterNames, specOf } from './hyperparameters.ts';

export interface Problem {
  /** The settings to look at, the first one foremost. */
  readonly names: readonly [HyperparameterName, ...HyperparameterName[]];
  /** A sentence that says what is wrong and what to do. */
  readonly message: string;
  /** A value of the first setting with which this problem is gone, where there is an obvious one. */
  readonly fix?: Hyperparameters[HyperparameterName];
}

/** Every problem at once. `h` may still hold "automatic" values; they are resolved for `machine` first. */
export function findProblems(h: Hyperparameters, machine: Machine): Problem[] {
  const problems = hyperparameterNames.flatMap((name) => findProblemWithValue(name, h[name]));
  if (problems.length > 0) return problems; // What follows compares values, which makes no sense of wrong ones.
  return [...findProblemsWithEnvs(h), ...findProblemsWithSizes(resolveAutomatic(h, machine))];
}

/** Throws one error that lists every problem. */
export function assertNoProblems(h: Hyperparameters, machine: Machine): void {
  const problems = findProblems(h, machine);
  if (problems.length === 0) return;
  const error = new Error(problems.map((problem) => problem.message).join('\n'));
  error.name = 'ConfigurationError';
  throw error;
}

/** Checks one value against its own specification: its type, bounds and choices. */
export function findProblemWithValue(name: HyperparameterName, value: unknown): Problem[] {
  const spec = specOf(name);
  const problem = (message: string, fix?: number): Problem[] => [
    { names: [name], message: `${spec.label} (${name}) ${message}`, ...(fix !== undefined && { fix }) },
  ];
  switch (spec.kind) {
    case 'number': {
      if (typeof value !== 'number' || Number.isNaN(value)) return problem(`must be a number, not ${show(value)}.`);
      if (spec.integer && !Number.isInteger(value)) {
        const nearest = Math.min(spec.max, Math.max(spec.min, Math.round(value)));
        return problem(`must be a whole number, not ${value}.`, nearest);
      }
      if (value < spec.min) return problem(`must be at least ${spec.min}, not ${value}.`, spec.min);
      if (value > spec.max) return problem(`must be at most ${spec.max}, not ${value}.`, spec.max);
      return [];
    }
    case 'choice':
      if (spec.choices.includes(value as string)) return [];
      return problem(`must be one of ${spec.choices.join(', ')}, not ${show(value)}.`);
    case 'flag':
      return typeof value === 'boolean' ? [] : problem(`must be true or false, not ${show(value)}.`);
    case 'text':
      return typeof value === 'string' ? [] : problem(`must be text, not ${show(value)}.`);
  }
}

function findProblemsWithEnvs(h: Hyperparameters): Problem[] {
  const problems: Problem[] = [];
  const lookUp = (name: 'env' | 'evalEnv'): EnvSpec | null => {
    try {
      return findEnv(h[name]).spec;
    } catch (error) {
      problems.push({ names: [name], message: (error as Error).message });
      return null;
    }
  };
  const env = lookUp('env');
  const evalEnv = h.evalEnv === '' ? env : lookUp('evalEnv');
  const encoderProblem = env && findEncoderProblem(h, env.observationSpace);
  if (encoderProblem) {
    const place = h.encoder === 'custom' ? 'encoderLayers' : 'encoder';
    const fix = place === 'encoder' ? { fix: 'auto' } : {};
    problems.push({ names: [place, 'encoder', 'env'], message: encoderProblem, ...fix });
  }
  if (env && evalEnv && !haveSameSpaces(env, evalEnv)) {
    problems.push({
      names: ['evalEnv', 'env'],
      message: `A policy for ${env.id} cannot play ${evalEnv.id}: their observation or action spaces differ. Choose one with the same spaces.`,
      fix: '',
    });
  }
  return problems;
}

/** Whether a policy for one can play the other. */
export const haveSameSpaces = (a: EnvSpec, b: EnvSpec): boolean =>
  JSON.stringify([a.observationSpace.shape, a.observationSpace.dtype, shapeOf(a.actionSpace)]) ===
  JSON.stringify([b.observationSpace.shape, b.observationSpace.dtype, shapeOf(b.actionSpace)]);

function shapeOf(space: ActionSpace): unknown {
  switch (space.kind) {
    case 'discrete':
      return space.n;
    case 'multiDiscrete':
      return ['choices', ...space.nvec];
    case 'multiBinary':
      return ['switches', space.n];
    case 'box':
      return space.shape;
  }
}

function findProblemsWithSizes(h: Hyperparameters): Problem[] {
  const problems: Problem[] = [];
  const fewest = fewestStorages(h);
  if (h.numStorages < fewest) {
    const arithmetic = h.lockstep
      ? `lockstep keeps two rounds of ${h.numActors} actors × ${h.numEnvsPerActor} environments in memory`
      : `${h.numActors} actors × ${h.numEnvsPerActor} environments fill ${numEnvs(h)} at once, and ` +
        `${h.numLearners} learner${h.numLearners > 1 ? 's' : ''} × batch size ${h.batchSize} read ${h.numLearners * h.batchSize}`;
    problems.push({
      names: ['numStorages', 'numActors', 'numEnvsPerActor', 'batchSize', 'numLearners'],
      message: `${h.numStorages} storages are too few: ${arithmetic}, so at least ${fewest} are needed. Raise the storages, or set them to automatic.`,
      fix: 0,
    });
  }
  if (h.batchSize % h.numMinibatches !== 0) {
    problems.push({
      names: ['numMinibatches', 'batchSize'],
      message: `A batch of ${h.batchSize} rollouts does not divide into ${h.numMinibatches} minibatches. Choose a number that divides it.`,
      fix: nearestDivisor(h.batchSize, h.numMinibatches),
    });
  }
  if (h.lockstep && numEnvs(h) % (h.batchSize * h.numLearners) !== 0) {
    const rolloutsOfLearner = numEnvs(h) / h.numLearners;
    const fix = Number.isInteger(rolloutsOfLearner) ? { fix: nearestDivisor(rolloutsOfLearner, h.batchSize) } : {};
    problems.push({
      names: ['batchSize', 'numActors', 'numEnvsPerActor', 'numLearners'],
      message:
        `Lockstep needs rounds that divide into whole updates: ${h.numActors} actors × ${h.numEnvsPerActor} environments = ${numEnvs(h)} rollouts ` +
        `are no multiple of batch size ${h.batchSize} × ${h.numLearners} learner${h.numLearners > 1 ? 's' : ''} = ${h.batchSize * h.numLearners}.`,
      ...fix,
    });
  }
  return problems;
}

/** The divisor of a whole number that is nearest to a wish; of two, the smaller. */
function nearestDivisor(dividend: number, wish: number): number {
  let nearest = 1;
  for (let divisor = 1; divisor <= dividend; divisor++) {
    if (dividend % divisor === 0 && Math.abs(divisor - wish) < Math.abs(nearest - wish)) nearest = divisor;
  }
  return nearest;
}

const show = (value: unknown): string => (typeof value === 'string' ? `"${value}"` : String(value));
