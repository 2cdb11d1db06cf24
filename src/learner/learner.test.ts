import { describe, expect, it } from 'vitest';
import { createActor } from '../actor/createActor.ts';
import { resolveAutomatic } from '../config/derivedSizes.ts';
import type { Hyperparameters } from '../config/hyperparameters.ts';
import { hyperparametersOf } from '../config/presets.ts';
import { findEnv } from '../envs/registry.ts';
import { learnerMetricNames } from '../metrics/metrics.ts';
import { networkSpecFor } from '../networks/networkSpec.ts';
import { parameterLayout } from '../networks/parameterLayout.ts';
import { GradientExchange } from '../rollout/GradientExchange.ts';
import { LiveSettings } from '../rollout/LiveSettings.ts';
import { ParameterStore } from '../rollout/ParameterStore.ts';
import { Progress } from '../rollout/Progress.ts';
import { SlotTable } from '../rollout/SlotTable.ts';
import { allocateTrainingMemory, viewRollouts } from '../rollout/trainingMemory.ts';
import type { UpdateResult } from './LearnerEngine.ts';
import type { LearnerReport, LearnerState } from './learner.api.ts';
import { type Engine, Learner } from './learner.ts';

const numEnvs = 2;

/** What an engine might tell of itself. */
const stateOf = (value: number) => ({
  parameters: Float32Array.of(value),
  moments: Float32Array.of(value, value),
  distillation: new Float32Array(0),
});

/** A learner whose engine is made of numbers given here, and an actor to feed it. */
function setUp(
  changes: Partial<Hyperparameters> = {},
  result: Partial<UpdateResult> = {},
  resumeFrom: LearnerState | null = null,
) {
  const h = resolveAutomatic(
    hyperparametersOf('cartpole', {
      numEnvsPerActor: numEnvs,
      batchSize: numEnvs,
      numActors: 1,
      numSteps: 50,
      numStorages: 3 * numEnvs,
      logInterval: 1,
      ...changes,
    }),
    { hardwareConcurrency: 2 },
  );
  const network = networkSpecFor(findEnv(h.env).spec, h);
  const memory = allocateTrainingMemory(h, network);
  const parameters = new ParameterStore(memory.parameters);
  parameters.publish(new Float32Array(parameters.size), 0);
  const updated = {
    parameters: new Float32Array(parameterLayout(network).size).fill(0.5),
    sums: new Float32Array(5),
    gradNorm: 1,
    intrinsicReward: 0,
    ...result,
  };
  const learned: number[] = [];
  const liveSettings = new LiveSettings(memory.liveSettings);
  const engine: Engine = {
    entCoef: Number.NaN,
    overlaps: false,
    update: async (_, learningRate) => {
      learned.push(learningRate);
      return updated;
    },
    updateTogether: async () => updated,
    exportState: async () => stateOf(learned.length),
  };
  const slots = new SlotTable(memory.slots);
  const progress = new Progress(memory.progress);
  const reports: LearnerReport[] = [];
  const learner = new Learner({
    hyperparameters: h,
    network,
    learnerIndex: 0,
    owner: 1,
    engine,
    resumeFrom,
    rollouts: viewRollouts(h, network, memory),
    slots,
    parameters,
    progress,
    exchange: new GradientExchange(memory.gradients, 1),
    liveSettings,
    now: () => 0,
    sleep: async () => {},
    report: (report) => reports.push(report),
  });
  const actor = createActor({ hyperparameters: h, memory, actorIndex: 0, owner: 2, generation: 0 });
  return { learner, actor, slots, parameters, progress, reports, learned, engine, liveSettings };
}

describe('A learner', () => {
  it('publishes what the engine made of a batch, and hands the slots back', async () => {
    const { learner, actor, slots, parameters } = setUp();
    actor.playRound();
    expect(await learner.makeUpdate()).toBe(true);
    const read = new Float32Array(parameters.size);
    expect(parameters.read(read)).toBe(1);
    expect(read.every((value) => value === 0.5)).toBe(true);
    expect(Array.from({ length: slots.numSlots }, (_, slot) => slots.stateOf(slot).place)).toEqual(
      Array.from({ length: slots.numSlots }, () => 'free'),
    );
  });

  it('begins the next update before the last one is read back where the engine allows it, and publishes each once', async () => {
    const { learner, actor, parameters, engine, progress } = setUp();
    const numbers = await engine.update(null as never, 0);
    const log: string[] = [];
    const finish: (() => void)[] = [];
    Object.assign(engine, {
      overlaps: true,
      update: () => {
        const number = finish.length + 1;
        log.push(`begin ${number}`);
        return new Promise((resolve) => finish.push(() => resolve(numbers)));
      },
    });
    const published = () => parameters.read(new Float32Array(parameters.size));
    actor.playRound();
    await learner.makeUpdate();
    expect([log, published()]).toEqual([['begin 1'], 0]);
    actor.playRound();
    const second = learner.makeUpdate();
    await Promise.resolve();
    expect([log, published()]).toEqual([['begin 1', 'begin 2'], 0]);
    finish[0]!();
    expect(await second).toBe(true);
    expect(published()).toBe(1);
    const third = learner.makeUpdate(); // Nothing to learn from yet: the second one is finished meanwhile.
    finish[1]!();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(published()).toBe(2);
    progress.stop();
    expect(await third).toBe(false);
    expect(log).toEqual(['begin 1', 'begin 2']);
  });

  it('drops rollouts older than the largest lag, but counts their episodes', async () => {
    const { learner, actor, reports, learned } = setUp({ maxPolicyLag: 1, numSteps: 100 });
    for (let round = 0; round < 3; round++) actor.playRound(); // All played with version 0.
    learner.start();
    await learner.makeUpdate();
    await learner.makeUpdate();
    actor.playRound(); // With version 2: this is what the third update learns from.
    await learner.makeUpdate();
    learner.finish();
    expect(learned).toHaveLength(3);
    const lags = reports
      .flatMap(({ rows }) => [...rows])
      .filter((_, i) => i % learnerMetricNames.length === learnerMetricNames.indexOf('maxPolicyLag'));
    expect(lags).toEqual([0, 1, 0]);
    const frames = reports.flatMap(({ episodes }) => [...episodes]).filter((_, i) => i % 4 === 2); // episode lengths
    // Of 8 rollouts of 100 steps every whole episode is reported: all steps but each environment's last, unfinished one.
    expect(frames.reduce((sum, length) => sum + length, 0)).toBeGreaterThan(8 * 100 - 2 * 100);
  });

  it('takes another learning rate and entropy coefficient while the run goes on', async () => {
    const { learner, actor, engine, learned, liveSettings } = setUp({
      lr: 0.01,
      entCoef: 0.02,
      lrSchedule: 'constant',
      numStorages: 20,
      maxPolicyLag: 0,
    });
    const entropy: number[] = [];
    liveSettings.ask({ lr: 0.001, entCoef: 0 });
    for (let update = 0; update < 3; update++) {
      actor.playRound();
      await learner.makeUpdate();
      entropy.push(engine.entCoef);
    }
    expect(learned).toEqual([0.01, 0.001, 0.001]);
    expect(entropy).toEqual([0.02, 0, 0]);
  });

  it('refuses numbers that are not finite, and says which', async () => {
    const sums = Float32Array.of(1, Number.NaN, 0, 0, 0);
    const { learner, actor, parameters } = setUp({}, { sums });
    actor.playRound();
    await expect(learner.makeUpdate()).rejects.toThrow('Training diverged at update 0: the baseline loss became NaN');
    expect(parameters.version).toBe(0);
  });

  it('goes on in the counts and the schedule where another one stopped', async () => {
    const resumeFrom = { ...stateOf(0), updates: 40, frames: 4000, seconds: 7 };
    const { learner, actor, learned, reports } = setUp(
      { numTrainSteps: 10_000, lrSchedule: 'linear', lr: 1 },
      {},
      resumeFrom,
    );
    actor.playRound();
    learner.start();
    await learner.makeUpdate();
    learner.finish();
    expect(learned).toEqual([0.6]);
    expect(reports.at(-1)).toMatchObject({ updates: 41, frames: 4100, seconds: 7 });
  });

  it('tells its state at the end of a run, with the counts it belongs to', async () => {
    const { learner, actor, reports } = setUp({ numTrainSteps: 100 });
    actor.playRound();
    await learner.run();
    const [state, ...others] = reports.flatMap((report) => report.state ?? []);
    expect(state).toEqual({ ...stateOf(1), updates: 1, frames: 100, seconds: 0 });
    expect(others).toEqual([]);
  });

  it('ends at once when the run is stopped while it waits', async () => {
    const { learner, progress } = setUp();
    const waiting = learner.makeUpdate();
    progress.stop();
    expect(await waiting).toBe(false);
  });
});
