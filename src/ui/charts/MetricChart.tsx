/** One small chart of a learner metric: mean line over the band from minimum to maximum, its value in the header. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { type LearnerMetric, learnerMetrics } from '../../metrics/metrics.ts';
import { Help } from '../components/Help.tsx';
import { useElementSize } from '../components/useElementSize.ts';
import { compact } from '../format.ts';
import { Store, useStore } from '../store.ts';
import { axisFormatter, xDomainOf } from './axis.ts';
import { bucketsBetween } from './bucketPyramid.ts';
import { chartViewStore, type RunOnShow, useRun, useTurns } from './chartContext.ts';
import styles from './charts.module.css';
import { Curve, Hairline, Level, ScaleProbe, type Scales } from './layers.tsx';
import { settledDomain } from './niceTicks.ts';
import { type PlotDomains, PlotFrame } from './PlotFrame.tsx';
import { indexAt } from './runSeries.ts';
import { usePointerHairline } from './usePointerHairline.ts';

interface Props {
  readonly name: LearnerMetric;
  /** Said beside the title: what the number is compared with. */
  readonly aside?: string | undefined;
  /** A level worth comparing with. */
  readonly level?: number | undefined;
  /** Metrics that cannot be negative show their distance from 0. */
  readonly startsAtZero?: boolean | undefined;
}

export function MetricChart({ name, aside, level, startsAtZero = false }: Props) {
  const run = useRun();
  const view = useStore(chartViewStore);
  const frame = useRef<HTMLDivElement>(null);
  const { width, height } = useElementSize(frame);
  const [domains, setDomains] = useState<PlotDomains | null>(null);
  const [turn] = useState(() => new Store(0));
  const [scales] = useState(() => new Store<Scales | null>(null));
  const pointer = usePointerHairline(scales, run.hairline);

  const update = useCallback(() => {
    run.series.sync(chartViewStore.get().smoothing);
    setDomains((previous) => metricDomains(run, name, previous, startsAtZero));
    turn.update((count) => count + 1);
  }, [run, name, startsAtZero, turn]);
  useTurns(frame, update);
  useEffect(() => {
    if (view) update(); // Another axis or range is drawn at once, without waiting for data.
  }, [view, update]);

  const bucketsOf = useCallback(
    (from: number, to: number, count: number) => {
      const { pyramid, xs } = run.series.metric(name, view.axis);
      return bucketsBetween(pyramid, xs, from, to, count);
    },
    [run, name, view.axis],
  );
  const valueAt = useCallback((x: number) => metricAt(run, name, x), [run, name]);

  const spec = learnerMetrics[name];
  return (
    <figure className={styles.small} aria-label={spec.label}>
      <figcaption className={styles.head}>
        <h3>{spec.label}</h3>
        <Help about={spec.label}>
          <p>{spec.doc}</p>
        </Help>
        <span className={styles.aside}>{[spec.unit, aside].filter(Boolean).join(', ')}</span>
        <MetricValue name={name} turn={turn} />
      </figcaption>
      <div ref={frame} className={styles.smallPlot} {...pointer}>
        {domains && width > 0 && (
          <PlotFrame {...domains} width={width} height={height} yAxisWidth={54} formatX={axisFormatter(view.axis)}>
            <ScaleProbe domains={domains} scales={scales} />
            {level !== undefined && <Level domains={domains} value={level} />}
            <Curve domains={domains} turn={turn} bucketsOf={bucketsOf} hasBand />
            <Hairline domains={domains} hairline={run.hairline} valueAt={valueAt} />
          </PlotFrame>
        )}
      </div>
    </figure>
  );
}

function metricAt(run: RunOnShow, name: LearnerMetric, x: number): number {
  const series = run.series.metric(name, chartViewStore.get().axis);
  const index = indexAt(series, x);
  return index < 0 ? Number.NaN : series.pyramid.valueAt(index);
}

function metricDomains(
  run: RunOnShow,
  name: LearnerMetric,
  previous: PlotDomains | null,
  startsAtZero: boolean,
): PlotDomains {
  const { axis } = chartViewStore.get();
  const x = xDomainOf(run, previous?.x ?? null, 3);
  const { pyramid, xs } = run.series.metric(name, axis);
  const buckets = bucketsBetween(pyramid, xs, x.from, x.to, 200);
  const low = Math.min(...buckets.map((bucket) => bucket.min), startsAtZero ? 0 : Number.POSITIVE_INFINITY);
  const high = Math.max(...buckets.map((bucket) => bucket.max));
  const y = settledDomain(previous?.y ?? null, low, high, 4);
  return previous && previous.x === x && previous.y === y ? previous : { x, y };
}

/** The value under the hairline, else the last one. */
function MetricValue({ name, turn }: { readonly name: LearnerMetric; readonly turn: Store<number> }) {
  const run = useRun();
  useStore(turn);
  const at = useStore(run.hairline);
  const column = run.series.record.metrics[name];
  const value = at === null ? column.values[column.length - 1] : metricAt(run, name, at);
  return <output className={styles.value}>{column.length === 0 || value === undefined ? '–' : compact(value)}</output>;
}
