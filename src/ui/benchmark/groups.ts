/** How measurements are drawn: a group is one panel, with one bar for each member. */
import type { Measurement } from './benchmarks.ts';

interface Group {
  readonly title: string;
  readonly doc: string;
  /** The figure that the bars show, and its unit. */
  readonly bar: string;
  readonly unit: string;
  /** Further figures, as text beside the bar. */
  readonly details: readonly (readonly [figure: string, unit: string])[];
}

export const groups: Readonly<Record<string, Group>> = {
  endToEnd: {
    title: 'Whole trainings',
    doc: 'Actors and learner together, 640 env steps an update. Efficiency: the share of what the slower of them does alone.',
    bar: 'framesPerSecond',
    unit: 'env steps/s',
    details: [
      ['framesPerSecondSmallUpdates', '/s at 160 an update'],
      ['efficiency', 'efficiency'],
    ],
  },
  timeToSolve: {
    title: 'Time to solve',
    doc: 'From the order to train to a greedy evaluation of 475 or more.',
    bar: 'seconds',
    unit: 's',
    details: [],
  },
  learner: {
    title: 'Learner',
    doc: 'Updates of 640 env steps, without actors beside it.',
    bar: 'framesPerSecond',
    unit: 'env steps/s',
    details: [
      ['msPerUpdate', 'ms'],
      ['jsMsPerUpdate', 'ms of JavaScript'],
      ['dispatches', 'calls'],
    ],
  },
  inference: {
    title: 'Inference',
    doc: 'Forward passes of 16 environments, as an actor makes them.',
    bar: 'gflops',
    unit: 'GFLOP/s',
    details: [['microsecondsPerStep', 'µs a step']],
  },
  queue: {
    title: 'Slot table',
    doc: 'Slots claimed, filled, taken and given back, with nobody else about.',
    bar: 'handoversPerSecond',
    unit: 'hand-overs/s',
    details: [],
  },
  env: {
    title: 'Environments',
    doc: 'Random play of 16 at once in one thread.',
    bar: 'stepsPerSecond',
    unit: 'steps/s',
    details: [['scalarStepsPerSecond', 'one at a time']],
  },
};

export interface Bar {
  readonly label: string;
  /** Null where it could not be had. */
  readonly value: number | null;
  /** Of the longest bar, 0–1 */
  readonly share: number;
  readonly details: readonly (readonly [value: number, unit: string])[];
}

/** The bars of one group, as long as their shares of the largest. */
export function barsOf(groupName: string, measured: readonly Measurement[]): Bar[] {
  const { bar, details } = groups[groupName]!;
  const members = measured.filter(({ name }) => name === groupName || name.startsWith(`${groupName}/`));
  const largest = Math.max(...members.map(({ figures }) => figures[bar] ?? 0));
  return members.map(({ name, figures }) => {
    const value = figures[bar] ?? null;
    return {
      label: name.slice(groupName.length + 1) || 'one thread',
      value,
      share: value === null || largest === 0 ? 0 : value / largest,
      details: details.flatMap(([figure, unit]) => {
        const number = figures[figure] ?? null;
        return number === null ? [] : [[number, unit] as const];
      }),
    };
  });
}
