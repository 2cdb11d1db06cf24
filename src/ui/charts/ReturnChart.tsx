/** The chart people watch: every episode as a dot, their moving average, and the evaluations. */
import { Maximize2 } from 'lucide-react';
import { type KeyboardEvent, useCallback, useEffect, useRef } from 'react';
import { episodeColumns } from '../../metrics/metrics.ts';
import { Button } from '../components/Button.tsx';
import { Help } from '../components/Help.tsx';
import { duration, fixed, whole } from '../format.ts';
import { axisFormatter } from './axis.ts';
import { bucketsBetween } from './bucketPyramid.ts';
import { ChartMenu } from './ChartMenu.tsx';
import { chartViewStore, type RunOnShow } from './chartContext.ts';
import styles from './charts.module.css';
import { DotsLayer } from './DotsLayer.tsx';
import { returnDomains } from './domains.ts';
import { EvaluationKey, EvaluationMarks } from './EvaluationMarks.tsx';
import { Hairline } from './Hairline.tsx';
import { LookChips } from './LookChips.tsx';
import { Curve, Level, ScaleProbe } from './layers.tsx';
import { moveHairline } from './moveHairline.ts';
import { PlotFrame } from './PlotFrame.tsx';
import { FollowButton, ReturnChartControls } from './ReturnChartControls.tsx';
import { ReturnReadout } from './ReturnReadout.tsx';
import { ReturnSentence } from './ReturnSentence.tsx';
import { indexAt } from './runSeries.ts';
import type { PlotDomains } from './scales.ts';
import { usePlot } from './usePlot.ts';

interface Props {
  /** It has the whole window. */
  readonly isLarge?: boolean;
}

export function ReturnChart({ isLarge = false }: Props) {
  const { run, view, look, frame, width, height, domains, turn, scales, pointer } = usePlot(
    'episodeReturn',
    returnDomains,
  );
  const canvas = useRef<HTMLCanvasElement>(null);
  const help = useRef<HTMLDivElement>(null);

  // Written past React: the hairline moves with the pointer, and the chart must not render with it.
  useEffect(
    () =>
      run.reading.subscribe(() => {
        const at = run.reading.get();
        frame.current?.setAttribute('aria-valuetext', at === null ? 'the whole run' : readingAt(run, at));
        frame.current?.setAttribute(
          'aria-valuenow',
          String(Math.round((100 * (at ?? 0)) / run.series.reached(view.axis))),
        );
      }),
    [run, view.axis, frame],
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
    <figure className={styles.main} aria-label="Episode return" data-chart="episodeReturn">
      <div className={styles.mainHead}>
        <div className={styles.title}>
          <h2>Episode return</h2>
          <Help about="episode return" popover={help}>
            <p>{episodeColumns.episodeReturn.doc} Each dot is one episode of an actor, which explores.</p>
            <p>The line is their moving average. Evaluations play the greedy policy, always on the same seeds.</p>
          </Help>
          <LookChips name="episodeReturn" look={look} />
        </div>
        <Legend />
        <ReturnChartControls />
        <div className={styles.actions}>
          {!isLarge && (
            <Button
              look="quiet"
              className={styles.menu}
              aria-label="Full screen"
              title="Full screen (F)"
              icon={<Maximize2 size={14} aria-hidden="true" />}
              onClick={() => run.fullScreen.set('episodeReturn')}
            />
          )}
          <ChartMenu
            title="Episode return"
            items={async (showTable) => {
              const { runChartItems } = await import('./runChartItems.tsx');
              return runChartItems(run, { name: 'episodeReturn', domains, help, isLarge }, showTable);
            }}
          />
        </div>
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
          <PlotFrame
            x={domains.x}
            y={domains.y}
            width={width}
            height={height}
            yAxisWidth={54}
            formatX={axisFormatter(view.axis)}
          >
            <ScaleProbe domains={domains} scales={scales} />
            <DotsLayer domains={domains} turn={turn} canvas={canvas} width={width} height={height} series={dots} />
            <Curve domains={domains} turn={turn} bucketsOf={bucketsOf} width={2.4} hasHalo />
            <EvaluationMarks domains={domains} turn={turn} />
            {threshold !== null && <Level domains={domains} value={threshold} name={`solved at ${threshold}`} />}
          </PlotFrame>
        )}
        <Hairline scales={scales} hairline={run.hairline} valueAt={valueAt} />
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

function onKey(event: KeyboardEvent, run: RunOnShow, domains: PlotDomains | null): void {
  if (!domains) return;
  const end = Math.min(domains.x.to, run.series.reached(chartViewStore.get().axis));
  moveHairline(event, run.hairline, domains.x, end);
}
