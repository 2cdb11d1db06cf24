/** Seed of the first episode of every evaluation, whatever the run's own seed: runs are compared on equal episodes. */
export const firstEvaluationSeed = 1_000_000;
