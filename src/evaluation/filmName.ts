/** What a film of an episode is called: `lunar-impala-07_1200k_seed1016_ret271.mp4`. */

export interface FilmOrigin {
  /** The run's or the file's */
  readonly name: string;
  /** Env steps learned from; left out where nobody knows. */
  readonly frames: number | null;
  readonly seed: number;
  readonly episodeReturn: number;
  readonly extension: string;
}

export function filmName({ name, frames, seed, episodeReturn, extension }: FilmOrigin): string {
  const stem = name.replace(/\.safetensors$/, '').replace(/[^\p{L}\p{N}.-]+/gu, '-');
  const steps = frames === null ? [] : [frames < 1000 ? `${frames}` : `${Math.round(frames / 1000)}k`];
  return `${[stem, ...steps, `seed${seed}`, `ret${Number(episodeReturn.toFixed(Math.abs(episodeReturn) < 10 ? 2 : 0))}`].join('_')}.${extension}`;
}
