/** The promises of `Env` and `EnvDefinition`, as tests of any environment. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { makeActionSampler } from '../src/envs/actionSampler.ts';
import { palettes } from '../src/envs/canvas.ts';
import type { Env, EnvDefinition, Seed } from '../src/envs/env.ts';
import { type Box, boundAt, createArray, type ObservationArray, sizeOf } from '../src/envs/spaces.ts';
import { NumpyRandom } from '../src/math/numpyRandom.ts';
import { type DrawingCommand, makeRecordingCanvas } from './recordingCanvas.ts';

/** Steps played per environment: enough for several episodes of most. */
const STEPS = 400;

interface Played {
  readonly observations: (ObservationArray | Float64Array)[];
  readonly rewards: number[];
  readonly terminated: boolean[];
}

/** Plays random actions, with a reset wherever an episode ends; calls `afterStep` after each reset and step. */
function play(env: Env, seed: Seed, steps: number, afterStep: () => unknown = () => {}): Played {
  const sample = makeActionSampler(env.spec.actionSpace, new NumpyRandom(seed, [1]));
  const played: Played = { observations: [], rewards: [], terminated: [] };
  const { observationSpace, maxEpisodeSteps } = env.spec;
  let length = 0;
  const observe = (write: (out: ObservationArray) => void) => {
    const observation = createArray(observationSpace);
    write(observation);
    played.observations.push(observation);
    afterStep();
  };
  observe((out) => env.reset(out, 0, seed));
  for (let i = 0; i < steps; i++) {
    observe((out) => env.step(sample(), out, 0));
    played.rewards.push(env.reward);
    played.terminated.push(env.terminated);
    length += 1;
    if (env.terminated || length === maxEpisodeSteps) {
      observe((out) => env.reset(out, 0));
      length = 0;
    }
  }
  return played;
}

/** The step in which two plays first differ, or null. (`toEqual` would take a second over so many observations.) */
function firstDifference(one: Played, other: Played): number | null {
  if (one.observations.length !== other.observations.length) return 0;
  const isSame = (observation: ObservationArray | Float64Array, i: number) =>
    observation.every((value, k) => Object.is(value, other.observations[i]![k]));
  const different = [
    one.observations.findIndex((observation, i) => !isSame(observation, i)),
    one.rewards.findIndex((reward, i) => !Object.is(reward, other.rewards[i])),
    one.terminated.findIndex((flag, i) => flag !== other.terminated[i]),
  ].filter((i) => i >= 0);
  return different.length > 0 ? Math.min(...different) : null;
}

/** Lowest and highest value of every element, in float32. */
const boundsOf = (box: Box): readonly [low: Float32Array, high: Float32Array] => [
  Float32Array.from({ length: sizeOf(box) }, (_, i) => boundAt(box.low, i)),
  Float32Array.from({ length: sizeOf(box) }, (_, i) => boundAt(box.high, i)),
];

function drawingOf(definition: EnvDefinition, env: Env, width = 300, height = 200): readonly DrawingCommand[] {
  const snapshot = new Float64Array(definition.snapshotSize);
  env.snapshot(snapshot);
  const { context, commands } = makeRecordingCanvas();
  definition.draw(context, snapshot, width, height, palettes.light);
  return commands;
}

interface ContractOptions {
  /** Observations may leave the bounds of their space, as Gymnasium's do for this task. */
  readonly hasNominalBounds?: boolean;
}

export function describeEnvContract(
  definition: EnvDefinition,
  { hasNominalBounds = false }: ContractOptions = {},
): void {
  describe(definition.spec.id, () => {
    const { spec } = definition;
    afterEach(() => vi.restoreAllMocks());

    it('describes itself completely, in plain data', () => {
      expect(structuredClone(spec)).toEqual(spec);
      expect(definition.create().spec).toEqual(spec);
      expect(spec.doc).toMatch(/^[A-Z].+\.$/);
      expect(Number.isSafeInteger(spec.maxEpisodeSteps) && spec.maxEpisodeSteps > 0).toBe(true);
      expect(spec.framesPerSecond).toBeGreaterThan(0);
      expect(definition.aspectRatio).toBeGreaterThan(0);
    });

    it('has spaces whose bounds fit their shape', () => {
      const boxes = [spec.observationSpace, spec.actionSpace].filter((space) => space.kind === 'box');
      for (const box of boxes) {
        expect(sizeOf(box)).toBeGreaterThan(0);
        expect([1, sizeOf(box)]).toContain(box.low.length);
        expect([1, sizeOf(box)]).toContain(box.high.length);
        const [low, high] = boundsOf(box);
        expect(low.findIndex((bound, i) => !(bound < high[i]!))).toBe(-1);
      }
      if (spec.actionSpace.kind === 'discrete') {
        expect(new Set(spec.actionSpace.names).size).toBe(spec.actionSpace.n);
      }
    });

    it('gives finite rewards, and observations inside the bounds of its space', () => {
      const { observations, rewards } = play(definition.create(), 1, STEPS);
      const [low, high] = boundsOf(spec.observationSpace);
      const isOutside = (value: number, i: number) =>
        hasNominalBounds ? !Number.isFinite(value) : !(value >= low[i]! && value <= high[i]!);
      const outside = observations.filter((observation) => observation.some(isOutside));
      expect(outside).toEqual([]);
      expect(rewards.filter((reward) => !Number.isFinite(reward))).toEqual([]);
    });

    it('writes its observation, all of it, where it is told to and nowhere else', () => {
      const size = sizeOf(spec.observationSpace);
      const readAt = (at: number, fill: number) => {
        const env = definition.create();
        const memory = createArray(spec.observationSpace, 3).fill(fill);
        const sample = makeActionSampler(spec.actionSpace, new NumpyRandom(2));
        env.reset(memory, at, 2);
        const first = memory.slice(at, at + size);
        memory.fill(fill);
        env.step(sample(), memory, at);
        const outside = [...memory].filter((value, i) => (i < at || i >= at + size) && value !== fill);
        return { first, second: memory.slice(at, at + size), outside };
      };
      const atStart = readAt(0, 123);
      const inTheMiddle = readAt(size, 7);
      expect(inTheMiddle.first).toEqual(atStart.first);
      expect(inTheMiddle.second).toEqual(atStart.second);
      expect([...atStart.outside, ...inTheMiddle.outside]).toEqual([]);
    });

    it('plays the same from the same seed, and shows the same, whatever was played before', () => {
      const playAndWatch = (env: Env) => {
        const snapshots: Float64Array[] = [];
        const played = play(env, 3, STEPS, () => {
          const snapshot = new Float64Array(definition.snapshotSize);
          env.snapshot(snapshot);
          snapshots.push(snapshot);
        });
        return { ...played, observations: [...played.observations, ...snapshots] };
      };
      const used = definition.create();
      play(used, 5, 77);
      expect(firstDifference(playAndWatch(used), playAndWatch(definition.create()))).toBeNull();
    });

    it('shares nothing with other environments, and draws from its own generator alone', () => {
      const alone = play(definition.create(), 3, STEPS);
      vi.spyOn(Math, 'random').mockImplementation(() => {
        throw new Error('Math.random is called');
      });
      // A physics engine may time itself; what it measures must not matter.
      const strangeTimes = new NumpyRandom(7);
      for (const clock of [Date, performance]) {
        vi.spyOn(clock, 'now').mockImplementation(() => strangeTimes.uniform(-1e9, 1e9));
      }
      const other = definition.create();
      const scratch = createArray(spec.observationSpace);
      const sample = makeActionSampler(spec.actionSpace, new NumpyRandom(9));
      other.reset(scratch, 0, 9);
      const env = definition.create();
      const interleaved = play(env, 3, STEPS, () => {
        if (other.terminated) other.reset(scratch, 0);
        other.step(sample(), scratch, 0);
      });
      expect(firstDifference(interleaved, alone)).toBeNull();
    });

    it('is not changed by being looked at', () => {
      const env = definition.create();
      let looks = 0;
      const watched = play(env, 3, STEPS, () => looks++ % 10 === 0 && drawingOf(definition, env));
      expect(firstDifference(watched, play(definition.create(), 3, STEPS))).toBeNull();
    });

    it('begins an episode neither terminated nor with a reward', () => {
      const env = definition.create();
      const scratch = createArray(spec.observationSpace);
      const sample = makeActionSampler(spec.actionSpace, new NumpyRandom(4));
      env.reset(scratch, 0, 4);
      for (let t = 0; t < spec.maxEpisodeSteps && !env.terminated; t++) {
        env.step(sample(), scratch, 0);
      }
      env.reset(scratch, 0);
      expect([env.terminated, env.reward]).toEqual([false, 0]);
    });

    it('fills a snapshot of the size it names, with finite numbers', () => {
      const env = definition.create();
      play(env, 3, 50);
      const longer = new Float64Array(definition.snapshotSize + 1).fill(Number.NaN);
      env.snapshot(longer);
      expect([...longer].map(Number.isFinite)).toEqual([...longer].map((_, i) => i < definition.snapshotSize));
    });

    it('draws a state as a pure function of its snapshot, with finite coordinates', () => {
      const env = definition.create();
      play(env, 3, 30);
      const snapshot = new Float64Array(definition.snapshotSize);
      env.snapshot(snapshot);
      const kept = snapshot.slice();
      const draw = () => {
        const { context, commands } = makeRecordingCanvas();
        definition.draw(context, snapshot, 300, 200, palettes.light);
        return commands;
      };
      const first = draw();
      play(definition.create(), 4, 30);
      expect(draw()).toEqual(first);
      expect(snapshot).toEqual(kept);
      const numbers = first.flatMap(([, ...values]) => values.flat().filter((value) => typeof value === 'number'));
      expect(numbers.filter((value) => !Number.isFinite(value))).toEqual([]);
      const count = (name: string) => first.filter(([command]) => command === name).length;
      expect(count('save')).toBe(count('restore'));
      expect(count('fill') + count('stroke') + count('fillRect')).toBeGreaterThan(1);
    });

    it('draws pictures of any size, in both themes', () => {
      const env = definition.create();
      play(env, 3, 30);
      const snapshot = new Float64Array(definition.snapshotSize);
      env.snapshot(snapshot);
      const draw = (width: number, height: number, theme: 'light' | 'dark') => {
        const { context, commands } = makeRecordingCanvas();
        definition.draw(context, snapshot, width, height, palettes[theme]);
        return JSON.stringify(commands);
      };
      for (const [width, height] of [
        [1, 1],
        [40, 400],
        [1600, 900],
      ] as const) {
        expect(draw(width, height, 'light')).not.toMatch(/null|NaN/);
      }
      expect(draw(300, 200, 'light')).not.toBe(draw(600, 400, 'light'));
      expect(draw(300, 200, 'light')).not.toBe(draw(300, 200, 'dark'));
    });

    it('shows in its picture what happens', () => {
      const env = definition.create();
      const pictures = new Set<string>();
      play(env, 3, 50, () => pictures.add(JSON.stringify(drawingOf(definition, env))));
      expect(pictures.size).toBeGreaterThan(1);
    });
  });
}
