/** What all charts of one run share. */
import { createContext, type RefObject, useContext, useEffect, useEffectEvent } from 'react';
import { flushSync } from 'react-dom';
import type { Hyperparameters } from '../../config/hyperparameters.ts';
import type { EnvSpec } from '../../envs/env.ts';
import type { StoredRun } from '../../runs/RunStore.ts';
import type { Agent } from '../../trainer/run.ts';
import { subscribeToSession } from '../../trainer/session.ts';
import { siteStorage } from '../../trainer/siteStorage.ts';
import { Store } from '../store.ts';
import type { ChartName } from './chartSettings.ts';
import { type AxisKind, axisKinds, type RunSeries } from './runSeries.ts';
import { maxSmoothing } from './smoothing.ts';
import type { Turns } from './turns.ts';

export interface RunOnShow {
  readonly agent: Agent;
  /** The run as it is stored, where it is shown from there; null for one that this page trains. */
  readonly stored: StoredRun | null;
  readonly hyperparameters: Hyperparameters;
  readonly env: EnvSpec;
  readonly series: RunSeries;
  readonly turns: Turns;
  /** Where on the x axis a person points, in all charts at once. */
  readonly hairline: Store<number | null>;
  /** Follows the hairline as fast as numbers can be read. */
  readonly reading: Store<number | null>;
  /** The chart over the whole window. */
  readonly fullScreen: Store<ChartName | null>;
}

/** What the curves of a run are made from. */
export type ChartedRun = Pick<RunOnShow, 'series' | 'hyperparameters' | 'env'>;

export const RunContext = createContext<RunOnShow | null>(null);

export function useRun(): RunOnShow {
  const run = useContext(RunContext);
  if (!run) throw new Error('A chart stands outside of a run.');
  return run;
}

/** Shortest time between two readings at the hairline: laying out and painting their texts takes longer than moving it. */
export const readingMs = 100;

/** How people look at the charts. Data never changes it. */
export interface ChartView {
  readonly axis: AxisKind;
  /** Decay of the moving average of returns. */
  readonly smoothing: number;
  /** The part of the axis to look at, or null to follow the run. */
  readonly range: readonly [number, number] | null;
}

const storageKey = 'pronk.charts';
const firstView: ChartView = { axis: 'frames', smoothing: 0.98, range: null };

/** The last view, without the part of a run that was looked at: the next run is another one. */
function storedView(): ChartView {
  const [axis, smoothing] = (siteStorage.getItem(storageKey) ?? '').split(' ');
  const isKnown = axisKinds.some(({ value }) => value === axis);
  const decay = Number(smoothing);
  return isKnown && decay >= 0 && decay <= maxSmoothing
    ? { axis: axis as AxisKind, smoothing: decay, range: null }
    : firstView;
}

export const chartViewStore = new Store<ChartView>(storedView());

chartViewStore.subscribe(() => {
  const { axis, smoothing } = chartViewStore.get();
  siteStorage.setItem(storageKey, `${axis} ${smoothing}`);
});

/** Looks at the part of a run between two counts of env steps, or at all of it again. */
export const showFrames = (range: readonly [number, number] | null): void =>
  chartViewStore.update((view) => ({ ...view, range, axis: range ? 'frames' : view.axis }));

// Another run has other parts to look at.
subscribeToSession(() => showFrames(null));

/** Calls `takeTurn` in its turn after something was recorded, while the element can be seen. */
export function useTurns(element: RefObject<HTMLElement | null>, takeTurn: () => void): void {
  const { turns } = useRun();
  const onTurn = useEffectEvent(takeTurn);
  useEffect(() => {
    // Rendered within the turn, so that its time is known before the next one takes its own.
    const member = { isVisible: false, takeTurn: () => flushSync(() => onTurn()) };
    const observer = new IntersectionObserver((entries) => {
      member.isVisible = entries.at(-1)!.isIntersecting;
      turns.visibilityChanged();
    });
    if (element.current) observer.observe(element.current);
    const leave = turns.join(member);
    return () => {
      observer.disconnect();
      leave();
    };
  }, [turns, element]);
}
