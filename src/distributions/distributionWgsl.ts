/**
 * The distributions of this folder in WGSL, for programs with the arrays `heads` (target policy), `steps` (behaviour policy and action) and `result`:
 *   headsLogProbability(at, action), stepsLogProbability(at, action), headsEntropy(at),
 *   writeGradient(at, action, wLogProbability, wEntropy): the gradient with respect to heads[at…] into result[at…]
 * where `at` is the first output and `action` the first element of the action, in `steps`.
 */

import type { Categorical } from './categorical.ts';
import type { ActionDistribution } from './distribution.ts';

/** Tells apart what has different text. */
export const distributionKey = (distribution: ActionDistribution): string =>
  distribution.kind === 'categorical'
    ? `categorical_${(distribution as Categorical).sizes.join('_')}`
    : `${distribution.kind}_${distribution.actionSize}`;

export function distributionWgsl(distribution: ActionDistribution): string {
  switch (distribution.kind) {
    case 'categorical':
      return categorical((distribution as Categorical).sizes);
    case 'bernoulli':
      return bernoulli(distribution.actionSize);
    case 'gaussian':
      return gaussian(distribution.actionSize);
  }
}

const categorical = (sizes: readonly number[]): string => `
  const NUM_CHOICES : i32 = ${sizes.length};
  const SIZES = array<i32, ${sizes.length}>(${sizes.join(', ')});
  ${['heads', 'steps']
    .map(
      (source) => `
  fn ${source}LogSumExp(at : i32, n : i32) -> f32 {
    var largest = ${source}[at];
    for (var a = 1; a < n; a++) { largest = max(largest, ${source}[at + a]); }
    var sum = 0.0;
    for (var a = 0; a < n; a++) { sum += exp(${source}[at + a] - largest); }
    return largest + log(sum);
  }
  fn ${source}LogProbability(first : i32, action : i32) -> f32 {
    var at = first;
    var total = 0.0;
    for (var k = 0; k < NUM_CHOICES; k++) {
      var sizes = SIZES;
      total += ${source}[at + i32(steps[action + k])] - ${source}LogSumExp(at, sizes[k]);
      at += sizes[k];
    }
    return total;
  }`,
    )
    .join('')}
  fn choiceEntropy(at : i32, n : i32, logNormaliser : f32) -> f32 {
    var entropy = 0.0;
    for (var a = 0; a < n; a++) {
      let logP = heads[at + a] - logNormaliser;
      entropy -= exp(logP) * logP;
    }
    return entropy;
  }
  fn headsEntropy(first : i32) -> f32 {
    var at = first;
    var total = 0.0;
    for (var k = 0; k < NUM_CHOICES; k++) {
      var sizes = SIZES;
      total += choiceEntropy(at, sizes[k], headsLogSumExp(at, sizes[k]));
      at += sizes[k];
    }
    return total;
  }
  fn writeGradient(first : i32, action : i32, wLogProbability : f32, wEntropy : f32) {
    var at = first;
    for (var k = 0; k < NUM_CHOICES; k++) {
      var sizes = SIZES;
      let n = sizes[k];
      let logNormaliser = headsLogSumExp(at, n);
      let entropy = choiceEntropy(at, n, logNormaliser);
      let chosen = i32(steps[action + k]);
      for (var a = 0; a < n; a++) {
        let logP = heads[at + a] - logNormaliser;
        let p = exp(logP);
        let hit = select(0.0, 1.0, a == chosen);
        result[at + a] = wLogProbability * (hit - p) - wEntropy * p * (logP + entropy);
      }
      at += n;
    }
  }`;

const bernoulli = (size: number): string => `
  const NUM_SWITCHES : i32 = ${size};
  fn softplus(x : f32) -> f32 { return max(0.0, x) + log(1.0 + exp(-abs(x))); }
  fn sigmoidOf(x : f32) -> f32 { return 1.0 / (1.0 + exp(-x)); }
  ${['heads', 'steps']
    .map(
      (source) => `
  fn ${source}LogProbability(at : i32, action : i32) -> f32 {
    var total = 0.0;
    for (var i = 0; i < NUM_SWITCHES; i++) {
      let logit = ${source}[at + i];
      total -= softplus(select(logit, -logit, steps[action + i] == 1.0));
    }
    return total;
  }`,
    )
    .join('')}
  fn headsEntropy(at : i32) -> f32 {
    var total = 0.0;
    for (var i = 0; i < NUM_SWITCHES; i++) {
      let logit = abs(heads[at + i]);
      total += softplus(-logit) + logit * sigmoidOf(-logit);
    }
    return total;
  }
  fn writeGradient(at : i32, action : i32, wLogProbability : f32, wEntropy : f32) {
    for (var i = 0; i < NUM_SWITCHES; i++) {
      let logit = heads[at + i];
      let p = sigmoidOf(logit);
      result[at + i] = wLogProbability * (steps[action + i] - p) - wEntropy * logit * p * (1.0 - p);
    }
  }`;

const gaussian = (size: number): string => `
  const SIZE : i32 = ${size};
  const HALF_LOG_TWO_PI : f32 = ${0.5 * Math.log(2 * Math.PI)};
  ${['heads', 'steps']
    .map(
      (source) => `
  fn ${source}LogProbability(at : i32, action : i32) -> f32 {
    var total = 0.0;
    for (var i = 0; i < SIZE; i++) {
      let logStd = ${source}[at + SIZE + i];
      let z = (steps[action + i] - ${source}[at + i]) * exp(-logStd);
      total -= 0.5 * z * z + logStd + HALF_LOG_TWO_PI;
    }
    return total;
  }`,
    )
    .join('')}
  fn headsEntropy(at : i32) -> f32 {
    var total = 0.0;
    for (var i = 0; i < SIZE; i++) { total += 0.5 + HALF_LOG_TWO_PI + heads[at + SIZE + i]; }
    return total;
  }
  fn writeGradient(at : i32, action : i32, wLogProbability : f32, wEntropy : f32) {
    for (var i = 0; i < SIZE; i++) {
      let inverseStd = exp(-heads[at + SIZE + i]);
      let z = (steps[action + i] - heads[at + i]) * inverseStd;
      result[at + i] = wLogProbability * z * inverseStd;
      result[at + SIZE + i] = wLogProbability * (z * z - 1.0) + wEntropy;
    }
  }`;
