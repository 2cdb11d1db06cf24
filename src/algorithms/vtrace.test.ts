import { describe, expect, it } from 'vitest';
import { readFixture } from '../../test/fixtures.ts';
import { numbersOf, type RecordedTensor, relativeError, thresholdOf } from '../../test/golden/tensors.ts';
import { RandomStream } from '../math/randomStream.ts';
import { type VtraceInput, vtrace } from './vtrace.ts';

type Tensors<Names extends string> = Readonly<Record<Names, RecordedTensor>>;
type Targets = Tensors<'vs' | 'pg_advantages'>;

interface Case {
  readonly id: string;
  readonly T: number;
  readonly B: number;
  readonly clip_rho_threshold: number | null;
  readonly clip_pg_rho_threshold: number | null;
  readonly outputs: Targets;
}

interface WeightsCase extends Case {
  readonly inputs: Tensors<'log_rhos' | 'discounts' | 'rewards' | 'values' | 'bootstrap_value'>;
}

interface TruncationCase extends Case {
  readonly gamma: number;
  readonly inputs: Tensors<
    'log_rhos' | 'rewards' | 'terminated' | 'truncated' | 'final_values' | 'values' | 'bootstrap_value'
  >;
  readonly wrong_outputs: Readonly<
    Record<'truncation_as_termination_like_torchbeast' | 'truncation_ignored_like_rllte', Targets>
  >;
}

const run = (input: VtraceInput) => {
  const vs = new Float64Array(input.T * input.B);
  const pgAdvantages = new Float64Array(input.T * input.B);
  vtrace(input, vs, pgAdvantages);
  return { vs, pgAdvantages };
};

const common = (c: WeightsCase | TruncationCase) => ({
  T: c.T,
  B: c.B,
  logRhos: numbersOf(c.inputs.log_rhos),
  rewards: numbersOf(c.inputs.rewards),
  values: [...numbersOf(c.inputs.values), ...numbersOf(c.inputs.bootstrap_value)],
  rhoBar: thresholdOf(c.clip_rho_threshold),
  pgRhoBar: thresholdOf(c.clip_pg_rho_threshold),
});

const truncationInput = (c: TruncationCase): VtraceInput => {
  const terminated = numbersOf(c.inputs.terminated);
  return {
    ...common(c),
    discounts: terminated.map((flag) => (flag ? 0 : c.gamma)),
    cutOff: numbersOf(c.inputs.truncated).map((flag, i) => (flag && !terminated[i] ? 1 : 0)),
    finalValues: numbersOf(c.inputs.final_values),
  };
};

const weightsCases = readFixture<{ cases: WeightsCase[] }>('vtrace/importance-weights.json').cases;
const truncationCases = readFixture<{ cases: TruncationCase[] }>('vtrace/truncation.json').cases;

describe('V-trace targets', () => {
  it.each(weightsCases)("are the reference implementation's on given importance weights: $id", (c) => {
    const none = new Float64Array(c.T * c.B);
    const { vs, pgAdvantages } = run({
      ...common(c),
      discounts: numbersOf(c.inputs.discounts),
      cutOff: none,
      finalValues: none,
    });
    expect(relativeError(vs, numbersOf(c.outputs.vs))).toBeLessThan(1e-11);
    expect(relativeError(pgAdvantages, numbersOf(c.outputs.pg_advantages))).toBeLessThan(1e-11);
  });

  it.each(truncationCases)('bootstrap a truncated episode from its own last observation: $id', (c) => {
    const { vs, pgAdvantages } = run(truncationInput(c));
    expect(relativeError(vs, numbersOf(c.outputs.vs))).toBeLessThan(1e-11);
    expect(relativeError(pgAdvantages, numbersOf(c.outputs.pg_advantages))).toBeLessThan(1e-11);
  });

  it('of RLLTE bootstrap across time limits; ours do not', () => {
    const differing = truncationCases.filter((c) => {
      const wrong = numbersOf(c.wrong_outputs.truncation_ignored_like_rllte.vs);
      return relativeError(run(truncationInput(c)).vs, wrong) > 1e-3;
    });
    expect(differing.length).toBeGreaterThan(truncationCases.length / 2);
  });

  it('equal equation 1 written out as the double sum it is', () => {
    const input = randomInput(6, 3);
    expect(relativeError(run(input).vs, doubleSumOfEquation1(input))).toBeLessThan(1e-12);
  });

  it('are the n-step returns when the actor played the policy being trained', () => {
    const input = { ...randomInput(5, 2), logRhos: new Float64Array(10) };
    expect(relativeError(run(input).vs, nStepReturns(input))).toBeLessThan(1e-12);
  });

  it('hear nothing from beyond a terminated step', () => {
    const input = randomInput(5, 1);
    const discounts = [0.9, 0.9, 0, 0.9, 0.9];
    const before = run({ ...input, discounts });
    const after = run({ ...input, discounts, rewards: [...Array.from(input.rewards).slice(0, 3), 1e6, 1e6] });
    expect(after.vs.slice(0, 3)).toEqual(before.vs.slice(0, 3));
    expect(after.vs[3]).not.toBe(before.vs[3]);
  });

  it('of a constant reward with a time limit converge to r / (1 − γ)', () => {
    // Value iteration on one state: V ← its own target, with every 5th step cut off by a time limit.
    const gamma = 0.9;
    let value = 0;
    for (let sweep = 0; sweep < 200; sweep++) {
      const { vs } = run({
        T: 5,
        B: 1,
        logRhos: new Float64Array(5),
        discounts: new Float64Array(5).fill(gamma),
        rewards: new Float64Array(5).fill(1),
        values: new Float64Array(6).fill(value),
        cutOff: [0, 0, 0, 0, 1],
        finalValues: new Float64Array(5).fill(value),
        rhoBar: 1,
        pgRhoBar: 1,
      });
      value = vs[0]!;
    }
    expect(value).toBeCloseTo(1 / (1 - gamma), 6);
  });
});

function randomInput(T: number, B: number): VtraceInput {
  const random = new RandomStream(T * 100 + B, 'measurement');
  const normals = (n: number) => Float64Array.from({ length: n }, () => random.normal());
  return {
    T,
    B,
    logRhos: normals(T * B),
    discounts: Float64Array.from({ length: T * B }, () => 0.9),
    rewards: normals(T * B),
    values: normals((T + 1) * B),
    cutOff: new Float64Array(T * B),
    finalValues: new Float64Array(T * B),
    rhoBar: 1,
    pgRhoBar: 1,
  };
}

/** v_s = V_s + Σ_t γ^(t−s) (Π_{i<t} c_i) δ_t, term by term. */
function doubleSumOfEquation1({ T, B, logRhos, discounts, rewards, values, rhoBar }: VtraceInput): Float64Array {
  const targets = new Float64Array(T * B);
  for (let b = 0; b < B; b++) {
    for (let s = 0; s < T; s++) {
      let target = values[s * B + b]!;
      for (let t = s; t < T; t++) {
        let factor = 1;
        for (let i = s; i < t; i++) factor *= discounts[i * B + b]! * Math.min(1, Math.exp(logRhos[i * B + b]!));
        const j = t * B + b;
        const rho = Math.min(rhoBar, Math.exp(logRhos[j]!));
        target += factor * rho * (rewards[j]! + discounts[j]! * values[j + B]! - values[j]!);
      }
      targets[s * B + b] = target;
    }
  }
  return targets;
}

function nStepReturns({ T, B, discounts, rewards, values }: VtraceInput): Float64Array {
  const returns = new Float64Array(T * B);
  for (let b = 0; b < B; b++) {
    let next = values[T * B + b]!;
    for (let t = T - 1; t >= 0; t--) {
      next = rewards[t * B + b]! + discounts[t * B + b]! * next;
      returns[t * B + b] = next;
    }
  }
  return returns;
}
