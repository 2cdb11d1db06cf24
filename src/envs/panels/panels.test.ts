import { describe, expect, it } from 'vitest';
import { asGym } from '../gym.ts';
import { findEnv } from '../registry.ts';
import type { ObservationArray } from '../spaces.ts';
import { DIGITS } from './dials.ts';
import { NUM_LAMPS } from './lights.ts';

/** What the observation asks of each dial. */
function digitsAsked(observation: ObservationArray): Int32Array {
  let first = 0;
  return Int32Array.from(DIGITS, (n) => {
    first += n;
    return observation.slice(first - n, first).indexOf(1);
  });
}

const playEpisode = (id: string, choose: (observation: ObservationArray) => Int32Array, seed = 1) => {
  const gym = asGym(findEnv(id));
  let [observation] = gym.reset({ seed });
  const rewards: number[] = [];
  for (;;) {
    const [next, reward, terminated, truncated] = gym.step(choose(observation));
    rewards.push(reward);
    if (terminated || truncated) return { rewards, terminated, truncated };
    observation = next;
  }
};

describe('Dials', () => {
  it('pays for each dial that shows what was asked, and ends after ten requests', () => {
    expect(playEpisode('Dials-v0', digitsAsked)).toEqual({
      rewards: new Array(10).fill(1),
      terminated: true,
      truncated: true,
    });
    const withoutTheMiddle = (observation: ObservationArray) => {
      const digits = digitsAsked(observation);
      digits[1] = (digits[1]! + 1) % DIGITS[1];
      return digits;
    };
    expect(playEpisode('Dials-v0', withoutTheMiddle).rewards).toEqual(new Array(10).fill(2 / 3));
  });

  it('asks for every digit of every dial as often as for another', () => {
    const counts = DIGITS.map((n) => new Array<number>(n).fill(0));
    for (let seed = 0; seed < 300; seed++) {
      playEpisode(
        'Dials-v0',
        (observation) => {
          const digits = digitsAsked(observation);
          for (const [dial, digit] of digits.entries()) counts[dial]![digit]! += 1;
          return digits;
        },
        seed,
      );
    }
    // 3000 draws: five standard deviations.
    for (const [dial, n] of DIGITS.entries()) {
      const spread = 5 * Math.sqrt((3000 * (n - 1)) / n ** 2);
      for (const count of counts[dial]!) expect(Math.abs(count - 3000 / n)).toBeLessThan(spread);
    }
  });
});

describe('Lights', () => {
  it('pays for each lamp as in the pattern, charges for each other, and ends after ten patterns', () => {
    const repeated = (observation: ObservationArray) => Int32Array.from(observation.subarray(0, NUM_LAMPS));
    expect(playEpisode('Lights-v0', repeated)).toEqual({
      rewards: new Array(10).fill(1),
      terminated: true,
      truncated: true,
    });
    const oneWrong = (observation: ObservationArray) =>
      repeated(observation).map((lit, i) => (i === 2 ? 1 - lit : lit));
    expect(playEpisode('Lights-v0', oneWrong).rewards).toEqual(new Array(10).fill((2 * 5) / 6 - 1));
  });
});

describe('Both panels', () => {
  it('refuse actions that are not of their space', () => {
    const dials = asGym(findEnv('Dials-v0'));
    dials.reset();
    expect(() => dials.step(Int32Array.from([0, 4, 0]))).toThrow('Dials-v0 takes actions of 3 whole numbers');
    expect(() => dials.step(1)).toThrow('Dials-v0 takes actions of 3 whole numbers');
    const lights = asGym(findEnv('Lights-v0'));
    lights.reset();
    expect(() => lights.step(Int32Array.from([0, 1, 0, 1, 0, 2]))).toThrow(
      'Lights-v0 takes actions of 6 whole numbers',
    );
  });

  it('say how much is still to come', () => {
    for (const id of ['Dials-v0', 'Lights-v0']) {
      const gym = asGym(findEnv(id));
      const action = new Int32Array(id === 'Dials-v0' ? 3 : NUM_LAMPS);
      const shares = [gym.reset({ seed: 1 })[0].at(-1)!];
      for (let i = 0; i < 10; i++) shares.push(gym.step(action)[0].at(-1)!);
      expect(shares.map((share) => Math.round(10 * share))).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
    }
  });
});
