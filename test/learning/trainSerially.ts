/**
 * The whole system in one thread, in a fixed order: the same actor and learner as in the workers, stepped in turns. For
 * debugging, and for tests of learning that must not depend on timing.
 */
import { createActor } from '../../src/actor/createActor.ts';
import { resolveAutomatic } from '../../src/config/derivedSizes.ts';
import { assertNoProblems } from '../../src/config/findProblems.ts';
import type { Hyperparameters } from '../../src/config/hyperparameters.ts';
import { findEnv } from '../../src/envs/registry.ts';
import { openBackend } from '../../src/learner/backends.ts';
import { LearnerEngine } from '../../src/learner/LearnerEngine.ts';
import type { LearnerReport } from '../../src/learner/learner.api.ts';
import { Learner } from '../../src/learner/learner.ts';
import { type EpisodeColumn, episodeColumnNames } from '../../src/metrics/metrics.ts';
import { initialParameters } from '../../src/networks/initialise.ts';
import { type NetworkSpec, networkSpecFor } from '../../src/networks/networkSpec.ts';
import { GradientExchange } from '../../src/rollout/GradientExchange.ts';
import { LiveSettings } from '../../src/rollout/LiveSettings.ts';
import { ParameterStore } from '../../src/rollout/ParameterStore.ts';
import { Progress } from '../../src/rollout/Progress.ts';
import { SlotTable } from '../../src/rollout/SlotTable.ts';
import { allocateTrainingMemory, type TrainingMemory, viewRollouts } from '../../src/rollout/trainingMemory.ts';

export interface SerialRun {
  /** Without "automatic" values. */
  readonly hyperparameters: Hyperparameters;
  readonly network: NetworkSpec;
  readonly memory: TrainingMemory;
  readonly parameters: Float32Array;
  readonly reports: readonly LearnerReport[];
}

const machine = { hardwareConcurrency: 2 };
const never = () => new Promise<void>((resolve) => setTimeout(resolve, 1));

export async function trainSerially(
  hyperparameters: Hyperparameters,
  options: { backend?: 'cpu' | 'wasm'; updates?: number; parameters?: Float32Array } = {},
): Promise<SerialRun> {
  const { backend = 'cpu', updates = Number.POSITIVE_INFINITY } = options;
  assertNoProblems(hyperparameters, machine);
  const h = resolveAutomatic(hyperparameters, machine);
  const network = networkSpecFor(findEnv(h.env).spec, h);
  const memory = allocateTrainingMemory(h, network);
  const initial = options.parameters ?? initialParameters(network, h.initFn, h.seed, h.initialLogStd);
  const store = new ParameterStore(memory.parameters);
  store.publish(initial, 0);
  const slots = new SlotTable(memory.slots);
  const engine = new LearnerEngine(await openBackend(backend), h, network, initial);
  const reports: LearnerReport[] = [];
  let clock = 0;
  const learner = new Learner({
    hyperparameters: h,
    network,
    learnerIndex: 0,
    owner: 1,
    engine,
    resumeFrom: null,
    rollouts: viewRollouts(h, network, memory),
    slots,
    parameters: store,
    progress: new Progress(memory.progress),
    exchange: new GradientExchange(memory.gradients, 1),
    liveSettings: new LiveSettings(memory.liveSettings),
    now: () => clock++,
    sleep: never,
    report: (report) => reports.push(report),
  });
  const actors = Array.from({ length: h.numActors }, (_, actorIndex) =>
    createActor({ hyperparameters: h, memory, actorIndex, owner: 2 + actorIndex, generation: 0 }),
  );
  const totalUpdates = Math.min(updates, Math.ceil(h.numTrainSteps / (h.numSteps * h.batchSize)));
  learner.start();
  for (let update = 0; update < totalUpdates; update++) {
    for (let turn = 0; slots.numFull < h.batchSize; turn++) actors[turn % actors.length]!.playRound();
    await learner.makeUpdate();
  }
  learner.finish();
  engine.dispose();
  const parameters = new Float32Array(store.size);
  store.read(parameters);
  return { hyperparameters: h, network, memory, parameters, reports };
}

/** Every episode reported, in order. */
export const episodesOf = (run: SerialRun): Record<EpisodeColumn, number>[] =>
  run.reports.flatMap(({ episodes }) => {
    const width = episodeColumnNames.length;
    return Array.from({ length: episodes.length / width }, (_, i) =>
      Object.fromEntries(episodeColumnNames.map((name, column) => [name, episodes[i * width + column]!])),
    );
  }) as Record<EpisodeColumn, number>[];
