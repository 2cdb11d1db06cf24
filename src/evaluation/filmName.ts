/** What a film is called: `lunar-impala-07_1200k_seed1016_ret271.mp4`, or `a_1200k_vs_b_seed1016_ret271_vs_34.mp4` of two policies. */

export interface FilmedPolicy {
  /** The run's or the file's */
  readonly name: string;
  /** Env steps learned from; null where nobody knows. */
  readonly frames: number | null;
  readonly episodeReturn: number;
}

export function filmName(policies: readonly FilmedPolicy[], seed: number, extension: string): string {
  const returns = policies.map(({ episodeReturn }) => rounded(episodeReturn)).join('_vs_');
  return `${policies.map(nameOf).join('_vs_')}_seed${seed}_ret${returns}.${extension}`;
}

function nameOf({ name, frames }: FilmedPolicy): string {
  const stem = name.replace(/\.safetensors$/, '').replace(/[^\p{L}\p{N}.-]+/gu, '-');
  if (frames === null) return stem;
  return `${stem}_${frames < 1000 ? frames : `${Math.round(frames / 1000)}k`}`;
}

const rounded = (value: number): number => Number(value.toFixed(Math.abs(value) < 10 ? 2 : 0));
