/**
 * How fast this machine is: parts in workers of their own, one after the other, then whole trainings. The command line and the page
 * "Benchmark" measure with this. Figures compare within a run, not between machines.
 */
import type {
  ActorFigures,
  BenchmarkApi,
  EnvFigures,
  InferenceFigures,
  LearnerFigures,
  QueueFigures,
} from '../benchmarks/benchmark.api.ts';
import BenchmarkWorker from '../benchmarks/benchmark.worker.ts?worker';
import {
  type BenchmarkNetwork,
  batchSizes,
  benchmarkHyperparameters,
  benchmarkNetworkNames,
} from '../config/benchmarkNetworks.ts';
import { resolveAutomatic } from '../config/derivedSizes.ts';
import type { Device } from '../config/devices.ts';
import type { Hyperparameters } from '../config/hyperparameters.ts';
import { hyperparametersOf } from '../config/presets.ts';
import { envDefinitions, findEnv } from '../envs/registry.ts';
import { type SpawnedWorker, spawnWorker } from '../threads/spawnWorker.ts';
import type { Agent } from './run.ts';

/** Null where something cannot be had on this machine, or not in reasonable time. */
export type Figures = Readonly<Record<string, number | null>>;

export interface EndToEndFigures {
  /** Env steps learned from, 640 an update */
  readonly framesPerSecond: number;
  /** The same, 160 an update */
  readonly framesPerSecondSmallUpdates: number;
  /** Of 640 an update: end to end ÷ the slower of actors alone and learner alone */
  readonly efficiency: number;
}

type Nullable<F> = { readonly [Name in keyof F]: F[Name] | null };

/** What `npm run bench -- --json` prints, without the machine. Quick measurements leave some members out. */
export interface BenchmarkResults {
  readonly env: Readonly<Record<string, Nullable<EnvFigures>>>;
  readonly inference: Readonly<Partial<Record<BenchmarkNetwork, Nullable<InferenceFigures>>>>;
  readonly learner: Readonly<Partial<Record<Device, Partial<Record<BenchmarkNetwork, Nullable<LearnerFigures>>>>>>;
  readonly queue: Nullable<QueueFigures>;
  readonly endToEnd: Readonly<Record<string, Nullable<EndToEndFigures>>>;
  readonly timeToSolve: Readonly<Record<string, { readonly seconds: number | null }>>;
}

/** Makes an agent and, where people look on, shows it. */
export type CreateAgent = (h: Hyperparameters) => Agent;

/** What is measured, as 'group', 'group/member' or 'learner/DEVICE/NETWORK', in this order. */
export function benchmarkNames(isQuick: boolean): string[] {
  const envs = isQuick ? quickEnvs : envDefinitions.map(({ spec }) => spec.id);
  const learners = devices.flatMap((device) => benchmarkNetworkNames.map((network) => `${device}/${network}`));
  const wholes = benchmarkNetworkNames.map((network) => benchmarkHyperparameters(network, {}).env);
  return [
    ...envs.map((id) => `env/${id}`),
    ...benchmarkNetworkNames.map((network) => `inference/${network}`),
    'queue',
    ...(isQuick ? wholes.slice(0, 1) : wholes).map((id) => `endToEnd/${id}`),
    `timeToSolve/${solvedEnv}`,
    // Last, since a software GPU computes on after a measurement was given up.
    ...(isQuick ? quickLearners : learners).map((learner) => `learner/${learner}`),
  ];
}

const devices: readonly Device[] = ['wasm', 'cpu', 'webgpu'];
const quickEnvs = ['CartPole-v1', 'LunarLander-v3', 'MinAtar/Breakout-v1', 'MiniGrid-DoorKey-5x5-v0'];
const quickLearners = ['wasm/mlp64', 'wasm/minatarConv', 'wasm/lstm128', 'cpu/mlp64', 'webgpu/mlp64'];
const solvedEnv = 'CartPole-v1';

interface Pace {
  /** How long a part is measured after warming up. */
  readonly partMs: number;
  /** How long a training warms up, and is then measured. */
  readonly trainingMs: number;
  /** After this long a measurement is given up. */
  readonly deadlineMs: number;
}

const quick: Pace = { partMs: 100, trainingMs: 1500, deadlineMs: 15_000 };
const thorough: Pace = { partMs: 500, trainingMs: 4000, deadlineMs: 60_000 };

/** Measures one thing of `benchmarkNames`. Rejects, with a sentence, if there is no such thing. */
export function measure(name: string, isQuick: boolean, createAgent: CreateAgent): Promise<Figures> {
  if (!benchmarkNames(false).includes(name)) {
    throw new Error(`There is nothing called "${name}" to measure. Known: ${benchmarkNames(false).join(', ')}.`);
  }
  const pace = isQuick ? quick : thorough;
  const [group = '', member = ''] = name.split(/\/(.*)/s);
  switch (group) {
    case 'env':
      return part(pace, ['stepsPerSecond', 'scalarStepsPerSecond'], (api) => api.env(member, pace.partMs));
    case 'inference':
      return part(pace, ['microsecondsPerStep', 'gflops'], (api) =>
        api.inference(member as BenchmarkNetwork, pace.partMs),
      );
    case 'learner':
      return learnerPart(member, pace);
    case 'queue':
      return part(pace, ['handoversPerSecond'], (api) => api.queue(pace.partMs));
    case 'endToEnd':
      return endToEnd(member, pace, createAgent);
    default:
      return timeToSolve(pace, createAgent);
  }
}

/** Puts figures where their name says: 'learner/wasm/mlp64' into results.learner.wasm.mlp64. */
export function addFigures(results: Record<string, unknown>, name: string, figures: Figures): void {
  const [group = '', member] = name.split(/\/(.*)/s);
  const path = group === 'learner' ? name.split('/') : member === undefined ? [group] : [group, member];
  const last = path.pop()!;
  let place = results;
  for (const key of path) {
    place[key] ??= {};
    place = place[key] as Record<string, unknown>;
  }
  place[last] = figures;
}

type Calls = SpawnedWorker<BenchmarkApi>['api'];

/** One measurement in a worker of its own; nulls if it fails or takes too long. */
async function part<F>(
  { deadlineMs }: Pace,
  names: readonly (string & keyof F)[],
  call: (api: Calls) => Promise<F>,
): Promise<Nullable<F> & Figures> {
  const worker = await spawnWorker<BenchmarkApi>(BenchmarkWorker, 'benchmark');
  const figures = await within(deadlineMs, worker.orDeath(call(worker.api)));
  worker.terminate();
  // Else the next measurement would share the machine with one that is still dying.
  await worker.whenDead;
  return (figures ?? Object.fromEntries(names.map((name) => [name, null]))) as Nullable<F> & Figures;
}

/** The result, or null when it fails or is not there in time. */
async function within<Result>(ms: number, work: Promise<Result>): Promise<Result | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const deadline = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), ms);
  });
  try {
    return await Promise.race([work.catch(() => null), deadline]);
  } finally {
    clearTimeout(timer);
  }
}

function learnerPart(member: string, pace: Pace) {
  const [device, network] = member.split('/') as [Device, BenchmarkNetwork];
  return measureLearner(device, network, pace);
}

const measureLearner = (device: Device, network: BenchmarkNetwork, pace: Pace) =>
  part(pace, ['msPerUpdate', 'framesPerSecond', 'dispatches', 'jsMsPerUpdate'], (api) =>
    api.learner(device, network, batchSizes.large, pace.partMs),
  );

/** A whole training with large updates, with small ones, and what its parts could do if they never waited. */
async function endToEnd(env: string, pace: Pace, createAgent: CreateAgent): Promise<Figures> {
  const network = benchmarkNetworkNames.find((name) => benchmarkHyperparameters(name, {}).env === env)!;
  const train = (batchSize: number) =>
    trainFor(benchmarkHyperparameters(network, { batchSize, numTrainSteps: endless }), pace, createAgent);
  const large = await train(batchSizes.large);
  const small = await train(batchSizes.small);
  const framesPerSecond = large?.framesPerSecond ?? null;
  return {
    framesPerSecond,
    framesPerSecondSmallUpdates: small?.framesPerSecond ?? null,
    efficiency: large && large.framesPerSecond / (await slowestPart(network, large.device, pace)),
  };
}

const endless = 1_000_000_000;

/** Env steps per second of all actors without a learner, or of the learner without actors: whichever is less. */
async function slowestPart(network: BenchmarkNetwork, device: Device, pace: Pace): Promise<number> {
  const h = benchmarkHyperparameters(network, {});
  const { numActors } = resolveAutomatic(h, navigator);
  const actors = await Promise.all(
    Array.from({ length: numActors }, () =>
      part<ActorFigures>(pace, ['framesPerSecond'], (api) => api.actor(h, pace.partMs)),
    ),
  );
  const alone = await measureLearner(device, network, pace);
  const together = actors.reduce((sum, { framesPerSecond }) => sum + (framesPerSecond ?? 0), 0);
  return Math.min(together, alone.framesPerSecond ?? Number.POSITIVE_INFINITY);
}

interface Throughput {
  readonly framesPerSecond: number;
  readonly device: Device;
}

/** Trains, lets it warm up, and counts what is learned from between two reports of the learner. Null if there are none in time. */
async function trainFor(h: Hyperparameters, pace: Pace, createAgent: CreateAgent): Promise<Throughput | null> {
  const agent = createAgent(h);
  const { record } = agent;
  const ended = agent.train().then(
    () => {},
    () => {},
  );
  const measuring = async () => {
    await until(agent, () => record.updates > 0);
    await sleep(pace.trainingMs / 2);
    const start = { frames: record.frames, seconds: record.seconds };
    await sleep(pace.trainingMs);
    await until(agent, () => record.frames > start.frames);
    const framesPerSecond = (record.frames - start.frames) / (record.seconds - start.seconds);
    return { framesPerSecond, device: record.engine!.device };
  };
  const figures = await within(pace.deadlineMs, Promise.race([measuring(), ended.then(() => null)]));
  agent.stop();
  await within(pace.deadlineMs, ended);
  agent.dispose();
  return figures;
}

/** Seconds from the order to train until an evaluation reaches the environment's threshold; null if none does. */
async function timeToSolve(pace: Pace, createAgent: CreateAgent): Promise<{ seconds: number | null }> {
  const threshold = findEnv(solvedEnv).spec.rewardThreshold!;
  const start = performance.now();
  const agent = createAgent(hyperparametersOf('cartpole', { env: solvedEnv, evalInterval: 10_000 }));
  const ended = agent.train().then(
    () => {},
    () => {},
  );
  const isSolved = () => agent.record.evaluations.some(({ mean }) => mean >= threshold);
  const solving = Promise.race([until(agent, isSolved), ended]);
  await within(2 * pace.deadlineMs, solving);
  const seconds = isSolved() ? (performance.now() - start) / 1000 : null;
  agent.stop();
  await within(pace.deadlineMs, ended);
  agent.dispose();
  return { seconds };
}

/** Resolves once a condition on the agent holds, which is looked at whenever something changed. */
function until(agent: Agent, holds: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const check = () => {
      if (!holds()) return;
      end();
      resolve();
    };
    const end = agent.subscribe(check);
    check();
  });
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
