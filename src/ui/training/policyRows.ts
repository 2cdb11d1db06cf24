/** What the live view shows of a policy's distribution: a bar for each option, switch or number of an action. */
import { distributionFor } from '../../distributions/distribution.ts';
import { type ActionSpace, boundAt, sizeOf } from '../../envs/spaces.ts';

export interface PolicyRow {
  readonly label: string;
  /** Where the bar begins and ends, as shares of its width. */
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** @param numbers what the distribution describes itself with, [P]; null before the first step */
export function policyRows(space: ActionSpace, numbers: readonly number[] | null): PolicyRow[] {
  if (space.kind === 'box') return Array.from({ length: sizeOf(space) }, (_, i) => rangeRow(space, numbers, i));
  return labelsOf(space).map((label, i) => {
    const probability = numbers?.[i] ?? 0;
    return { label, from: 0, to: probability, text: numbers ? probability.toFixed(2) : '–' };
  });
}

function labelsOf(space: Exclude<ActionSpace, { kind: 'box' }>): string[] {
  switch (space.kind) {
    case 'discrete':
      return Array.from({ length: space.n }, (_, action) => space.names?.[action] ?? `action ${action}`);
    case 'multiDiscrete':
      return space.nvec.flatMap((n, i) =>
        Array.from({ length: n }, (_, option) => `${space.names?.[i] ?? `${i + 1}:`} ${option}`),
      );
    case 'multiBinary':
      return Array.from({ length: space.n }, (_, i) => space.names?.[i] ?? `switch ${i + 1}`);
  }
}

/** One standard deviation around the mean, between the bounds of the space. */
function rangeRow(
  space: Extract<ActionSpace, { kind: 'box' }>,
  numbers: readonly number[] | null,
  i: number,
): PolicyRow {
  const label = `action ${i + 1}`;
  if (!numbers) return { label, from: 0, to: 0, text: '–' };
  const [low, high] = [boundAt(space.low, i), boundAt(space.high, i)];
  const [mean, deviation] = [numbers[i]!, numbers[sizeOf(space) + i]!];
  const shareOf = (x: number) => Math.max(0, Math.min(1, (x - low) / (high - low)));
  const text = `${mean.toFixed(2)} ± ${deviation.toFixed(2)}`.replace('-', '−');
  return { label, from: shareOf(mean - deviation), to: shareOf(mean + deviation), text };
}

/** Entropy in nats of the policy that knows nothing: all its logits are equal. Undefined for a Box, where there is no largest. */
export function largestEntropy(space: ActionSpace): number | undefined {
  if (space.kind === 'box') return undefined;
  const distribution = distributionFor(space);
  return distribution.entropy(new Float32Array(distribution.outputSize), 0);
}
