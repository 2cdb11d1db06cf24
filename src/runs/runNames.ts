/** Names and looks that runs get when they begin. */
import type { Hyperparameters } from '../config/hyperparameters.ts';
import type { StoredRun } from './RunStore.ts';

/** Colours of the palette, and the dashes that tell apart those who share one. */
export const numColours = 6;
const numDashes = 3;

/** The least used look, the first of them. */
export function nextColour(runs: readonly Pick<StoredRun, 'colour'>[]): number {
  const uses = new Array<number>(numColours * numDashes).fill(0);
  for (const { colour } of runs) uses[colour % uses.length]! += 1;
  return uses.indexOf(Math.min(...uses));
}

/** The tag, or environment and algorithm where nobody chose one; numbered if a run has it. */
export function nextName({ tag, env, algorithm }: Hyperparameters, runs: readonly Pick<StoredRun, 'name'>[]): string {
  const isChosen = tag !== '' && tag !== 'default';
  return freeName(isChosen ? tag : `${env.replace(/-v\d+$/, '').toLowerCase()}-${algorithm}`, runs);
}

/** The stem, with a number behind it if a run is called so: `lunar`, `lunar-2`, `lunar-3`. */
export function freeName(stem: string, runs: readonly Pick<StoredRun, 'name'>[]): string {
  const names = new Set(runs.map(({ name }) => name));
  for (let number = 1; ; number++) {
    const name = number === 1 ? stem : `${stem}-${number}`;
    if (!names.has(name)) return name;
  }
}
