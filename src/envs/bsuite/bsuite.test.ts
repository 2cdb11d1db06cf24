import { describe, expect, it } from 'vitest';
import type { Env } from '../env.ts';
import { createArray } from '../spaces.ts';
import { Catch } from './catch.ts';
import { DeepSea } from './deepSea.ts';
import { DiscountingChain } from './discountingChain.ts';
import { MemoryChain } from './memoryChain.ts';
import { Umbrella } from './umbrella.ts';

/** Plays one episode. Returns all observations, from reset on, and the rewards. */
function play(env: Env, choose: (observation: number[], t: number) => number, seed?: number) {
  const observation = createArray(env.spec.observationSpace);
  env.reset(observation, 0, seed);
  const observations = [[...observation]];
  const rewards: number[] = [];
  while (!env.terminated) {
    env.step(choose([...observation], rewards.length), observation, 0);
    observations.push([...observation]);
    rewards.push(env.reward);
  }
  return { observations, rewards, return: rewards.reduce((sum, reward) => sum + reward, 0) };
}

describe('Catch', () => {
  const columnOf = (row: number[]) => row.indexOf(1);
  const follow = (observation: number[]) => {
    const paddle = columnOf(observation.slice(45));
    const ball = [...Array(9).keys()].map((row) => columnOf(observation.slice(row * 5, row * 5 + 5)));
    return 1 + Math.sign(Math.max(...ball) - paddle);
  };

  it('is won by following the ball, in nine steps', () => {
    const env = new Catch();
    for (let episode = 0; episode < 50; episode++) {
      expect(play(env, follow).rewards).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1]);
    }
  });

  it('is won by standing still in one of five episodes', () => {
    const env = new Catch();
    const wins = Array.from({ length: 2000 }, () => play(env, () => 1).return).filter((reward) => reward === 1);
    expect(Math.abs(wins.length / 2000 - 0.2)).toBeLessThan(4 * Math.sqrt((0.2 * 0.8) / 2000));
  });

  it('shows ball and paddle as one where they meet', () => {
    const { observations } = play(new Catch(), follow, 1);
    expect(observations[0]!.filter((value) => value === 1)).toHaveLength(2);
    expect(observations.at(-1)!.filter((value) => value === 1)).toHaveLength(1);
  });
});

describe('DeepSea', () => {
  it.each([4, 10])('of size %d pays 0.99 for going right all the way, and 0 for going left', (size) => {
    const env = new DeepSea({ size });
    expect(play(env, () => env.actionToTheRight).return).toBeCloseTo(0.99, 12);
    expect(play(env, () => 1 - env.actionToTheRight).return).toBe(0);
  });

  it('pays nothing to who strays once, but charges for each step to the right', () => {
    const env = new DeepSea({ size: 10 });
    const { rewards } = play(env, (_, t) => (t === 5 ? 1 - env.actionToTheRight : env.actionToTheRight));
    expect(rewards).toEqual([...Array(5).fill(-0.001), 0, ...Array(4).fill(-0.001)]);
  });

  it('means right by another action in about half of its cells', () => {
    const env = new DeepSea({ size: 30, mappingSeed: 4 });
    const meanings = new Set<number>();
    play(env, () => {
      meanings.add(env.actionToTheRight);
      return env.actionToTheRight;
    });
    expect(meanings.size).toBe(2);
  });

  it('shows nothing at the end', () => {
    const env = new DeepSea({ size: 5 });
    expect(new Set(play(env, () => 0).observations.at(-1))).toEqual(new Set([0]));
  });
});

describe('MemoryChain', () => {
  it('shows the bits at reset and after the first step, the question before the answer, and in between the time', () => {
    const { observations, rewards } = play(new MemoryChain({ length: 4, bits: 2 }), () => 0, 3);
    const context = observations[0]!.slice(2);
    expect(rewards).toHaveLength(5);
    expect(context.every((bit) => Math.abs(bit) === 1)).toBe(true);
    expect(observations[1]).toEqual(observations[0]);
    expect(observations.map(([time]) => time)).toEqual([1, 1, 0.75, 0.5, 0.25, 0]);
    for (const observation of observations.slice(2)) expect(observation.slice(2)).toEqual([0, 0]);
    expect(observations[5]![1]).toBe(0);
  });

  it('is won by an agent that remembers, whatever it answers before it is asked', () => {
    const env = new MemoryChain({ length: 6, bits: 3 });
    let bits: number[] = [];
    for (let episode = 0; episode < 40; episode++) {
      const { rewards } = play(env, (observation, t) => {
        if (t === 0) bits = observation.slice(2);
        return t === 6 ? (bits[observation[1]!]! + 1) / 2 : t % 2;
      });
      expect(rewards).toEqual([0, 0, 0, 0, 0, 0, 1]);
    }
  });

  it('needs no memory when its length is 1', () => {
    const env = new MemoryChain({ length: 1, bits: 4 });
    for (let episode = 0; episode < 20; episode++) {
      expect(play(env, (seen) => (seen[2 + seen[1]!]! + 1) / 2).rewards).toEqual([0, 1]);
    }
  });
});

describe('Umbrella', () => {
  it('pays at the end for the first action alone', () => {
    const env = new Umbrella({ length: 7, distractors: 3 });
    for (let episode = 0; episode < 20; episode++) {
      const wise = play(env, (seen, t) => (t === 0 ? seen[0]! : 1 - seen[0]!));
      expect(wise.rewards).toHaveLength(7);
      expect(wise.rewards.at(-1)).toBe(1);
      const unwise = play(env, (seen, t) => (t === 0 ? 1 - seen[0]! : seen[0]!));
      expect(unwise.rewards.at(-1)).toBe(-1);
    }
  });

  it('pays by a coin before the end, and its distractors are fair', () => {
    const env = new Umbrella({ length: 500, distractors: 4 });
    const { observations, rewards } = play(env, () => 0, 2);
    const noise = rewards.slice(0, -1);
    expect(new Set(noise)).toEqual(new Set([-1, 1]));
    expect(Math.abs(noise.reduce((a, b) => a + b) / noise.length)).toBeLessThan(4 / Math.sqrt(noise.length));
    const bits = observations.flatMap((observation) => observation.slice(3));
    expect(Math.abs(bits.reduce((a, b) => a + b) / bits.length - 0.5)).toBeLessThan(2 / Math.sqrt(bits.length));
  });
});

describe('DiscountingChain', () => {
  it.each([0, 1, 2, 3, 4])('pays chain %d once, at its own time, and a tenth more where that is the best', (chain) => {
    for (const mappingSeed of [0, 8]) {
      const { rewards } = play(new DiscountingChain({ mappingSeed }), (_, t) => (t === 0 ? chain : 4 - chain));
      const pay = chain === mappingSeed % 5 ? 1.1 : 1;
      const payStep = [1, 3, 10, 30, 100][chain]!;
      expect(rewards).toEqual(Array.from({ length: 100 }, (_, t) => (t + 1 === payStep ? pay : 0)));
    }
  });

  it('shows the choice from the first step on', () => {
    const { observations } = play(new DiscountingChain(), (_, t) => (t === 0 ? 2 : 0));
    expect(observations[0]).toEqual([-1, 0]);
    expect(observations[50]).toEqual([2, 0.5]);
  });
});
