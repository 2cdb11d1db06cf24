/** The chart people watch: every episode as a dot, their moving average, and the evaluations. */
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react';
import { episodeColumns } from '../../metrics/metrics.ts';
import { Help } from '../components/Help.tsx';
import { useElementSize } from '../components/useElementSize.ts';
import { duration, fixed, whole } from '../format.ts';
import { Store, useStore } from '../store.ts';
import { axisFormatter, xDomainOf } from './axis.ts';
import { bucketsBetween, firstAtLeast } from './bucketPyramid.ts';
import { chartViewStore, type RunOnShow, useRun, useTurns } from './chartContext.ts';
import styles from './charts.module.css';
import { DotsLayer } from './DotsLayer.tsx';
import { EvaluationKey, EvaluationMarks } from './EvaluationMarks.tsx';
import { Curve, Hairline, Level, ScaleProbe, type Scales } from './layers.tsx';
import { moveHairline } from './moveHairline.ts';
import { settledDomain } from './niceTicks.ts';
import { type PlotDomains, PlotFrame } from './PlotFrame.tsx';
import { FollowButton, ReturnChartControls } from './ReturnChartControls.tsx';
import { ReturnReadout } from './ReturnReadout.tsx';
import { ReturnSentence } from './ReturnSentence.tsx';
import { indexAt } from './runSeries.ts';
import { usePointerHairline } from './usePointerHairline.ts';

export function ReturnChart() {
  const run = useRun();
  const view = useStore(chartViewStore);
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width, height } = useElementSize(frame);
  const [domains, setDomains] = useState<PlotDomains | null>(null);
  const [turn] = useState(() => new Store(0));
  const [scales] = useState(() => new Store<Scales | null>(null));
  const pointer = usePointerHairline(scales, run.hairline);

  const update = useCallback(() => {
    run.series.sync(chartViewStore.get().smoothing);
    setDomains((previous) => returnDomains(run, previous));
    turn.update((count) => count + 1);
  }, [run, turn]);
  useTurns(frame, update);
  useEffect(() => {
    if (view) update(); // Another axis, range or smoothing is drawn at once, without waiting for data.
  }, [view, update]);

  // Written past React: the hairline moves with the pointer, and the chart must not render with it.
  useEffect(
    () =>
      run.hairline.subscribe(() => {
        const at = run.hairline.get();
        frame.current?.setAttribute('aria-valuetext', at === null ? 'the whole run' : readingAt(run, at));
        frame.current?.setAttribute(
          'aria-valuenow',
          String(Math.round((100 * (at ?? 0)) / run.series.reached(view.axis))),
        );
      }),
    [run, view.axis],
  );

  const dots = useCallback(() => run.series.returns(view.axis), [run, view.axis]);
  const bucketsOf = useCallback(
    (from: number, to: number, count: number) => {
      const { pyramid, xs } = run.series.smoothed(view.axis);
      return bucketsBetween(pyramid, xs, from, to, count);
    },
    [run, view.axis],
  );
  const valueAt = useCallback((x: number) => smoothedAt(run, x), [run]);
  const threshold = run.env.rewardThreshold;

  return (
    <figure className={styles.main} aria-label="Episode return">
      <div className={styles.mainHead}>
        <div className={styles.title}>
          <h2>Episode return</h2>
          <Help about="episode return">
            <p>{episodeColumns.episodeReturn.doc} Each dot is one episode of an actor, which explores.</p>
            <p>The line is their moving average. Evaluations play the greedy policy, always on the same seeds.</p>
          </Help>
        </div>
        <Legend />
        <ReturnChartControls />
      </div>
      {/* A slider is what assistive technology calls something that is moved along a scale to be read. */}
      <div
        ref={frame}
        className={styles.mainPlot}
        role="slider"
        tabIndex={0}
        aria-label="Read the return at a point of the axis; arrow keys move"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={0}
        aria-valuetext="the whole run"
        onKeyDown={(event) => onKey(event, run, domains)}
        onBlur={() => run.hairline.set(null)}
        {...pointer}
      >
        <canvas ref={canvas} style={{ width, height }} />
        {domains && width > 0 && (
          <PlotFrame {...domains} width={width} height={height} yAxisWidth={54} formatX={axisFormatter(view.axis)}>
            <ScaleProbe domains={domains} scales={scales} />
            <DotsLayer domains={domains} turn={turn} canvas={canvas} width={width} height={height} series={dots} />
            {threshold !== null && <Level domains={domains} value={threshold} name={`solved at ${threshold}`} />}
            <Curve domains={domains} turn={turn} bucketsOf={bucketsOf} width={2.4} hasHalo />
            <EvaluationMarks domains={domains} turn={turn} />
            <Hairline domains={domains} hairline={run.hairline} valueAt={valueAt} />
          </PlotFrame>
        )}
        <ReturnReadout scales={scales} valueAt={valueAt} />
      </div>
      <FollowButton />
      <ReturnSentence />
    </figure>
  );
}

function Legend() {
  return (
    <ul className={styles.legend} aria-label="Legend">
      <li>
        <svg width="8" height="8" aria-hidden="true">
          <circle cx="4" cy="4" r="2.6" fill="var(--s1)" opacity="0.45" />
        </svg>
        episode
      </li>
      <li>
        <svg width="16" height="4" aria-hidden="true">
          <path d="M0 2h16" stroke="var(--s1)" strokeWidth="2.4" />
        </svg>
        moving average
      </li>
      <li>
        <EvaluationKey /> evaluation, 95 % interval
      </li>
    </ul>
  );
}

function smoothedAt(run: RunOnShow, x: number): number {
  const series = run.series.smoothed(chartViewStore.get().axis);
  const index = indexAt(series, x);
  return index < 0 ? Number.NaN : series.pyramid.valueAt(index);
}

function readingAt(run: RunOnShow, x: number): string {
  const { axis } = chartViewStore.get();
  const place = axis === 'seconds' ? duration(x) : `${axis === 'frames' ? 'step' : 'episode'} ${whole(x)}`;
  return `${place}: moving average ${fixed(smoothedAt(run, x), 1)}`;
}

/** All returns in sight, the evaluations, and the level to reach. */
function returnDomains(run: RunOnShow, previous: PlotDomains | null): PlotDomains {
  const { axis } = chartViewStore.get();
  const x = xDomainOf(run, previous?.x ?? null, 8);
  const { pyramid, xs } = run.series.returns(axis);
  const seen = pyramid.summarize(firstAtLeast(xs, pyramid.length, x.from), firstAtLeast(xs, pyramid.length, x.to));
  const evaluations = run.series.record.evaluations.flatMap((evaluation) => evaluation.iqmCi95);
  const levels = run.env.rewardThreshold === null ? [] : [run.env.rewardThreshold];
  const isEmpty = seen.count === 0 && evaluations.length === 0;
  const low = Math.min(isEmpty ? 0 : seen.min, ...evaluations, ...levels);
  const high = Math.max(isEmpty ? 0 : seen.max, ...evaluations, ...levels);
  const startsNearZero = low >= 0 && low < 0.3 * high;
  const y = settledDomain(previous?.y ?? null, startsNearZero ? 0 : low, high, 6);
  return previous && previous.x === x && previous.y === y ? previous : { x, y };
}

function onKey(event: KeyboardEvent, run: RunOnShow, domains: PlotDomains | null): void {
  if (!domains) return;
  const end = Math.min(domains.x.to, run.series.reached(chartViewStore.get().axis));
  moveHairline(event, run.hairline, domains.x, end);
}
