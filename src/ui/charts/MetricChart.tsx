/** One small chart of a series: mean line over the band from minimum to maximum, its value in the header. */
import { useCallback, useLayoutEffect, useMemo, useRef } from 'react';
import { Help } from '../components/Help.tsx';
import { compact } from '../format.ts';
import type { Store } from '../store.ts';
import { axisFormatter } from './axis.ts';
import { bucketsBetween } from './bucketPyramid.ts';
import { ChartMenu } from './ChartMenu.tsx';
import { chartViewStore, type RunOnShow, useRun } from './chartContext.ts';
import styles from './charts.module.css';
import { largeTicks, metricDomains } from './domains.ts';
import { Hairline } from './Hairline.tsx';
import { LookChips } from './LookChips.tsx';
import { Curve, Level, ScaleProbe } from './layers.tsx';
import { chartSpec } from './metricCharts.ts';
import { PlotFrame } from './PlotFrame.tsx';
import { indexAt, type SeriesName } from './runSeries.ts';
import { useChartDrag } from './useChartDrag.ts';
import { usePlot } from './usePlot.ts';

interface Props {
  readonly name: SeriesName;
  /** It has the whole window. */
  readonly isLarge?: boolean;
}

export function MetricChart({ name, isLarge = false }: Props) {
  const { run, view, look, frame, width, height, domains, turn, scales, pointer } = usePlot(
    name,
    useMemo(() => metricDomains(name, isLarge ? largeTicks : undefined), [name, isLarge]),
  );
  const drag = useChartDrag(name);
  const help = useRef<HTMLDivElement>(null);
  const bucketsOf = useCallback(
    (from: number, to: number, count: number) => {
      const { pyramid, xs } = run.series.metric(name, view.axis);
      return bucketsBetween(pyramid, xs, from, to, count);
    },
    [run, name, view.axis],
  );
  const valueAt = useCallback((x: number) => valueUnder(run, name, x), [run, name]);

  const { label, doc, aside, level } = chartSpec(name, run);
  return (
    <figure className={styles.small} aria-label={label} data-chart={name} {...drag.target}>
      <figcaption className={styles.head}>
        <h3 {...(isLarge ? {} : drag.handle)}>{label}</h3>
        <Help about={label} popover={help}>
          <p>{doc}</p>
        </Help>
        <span className={styles.aside}>{aside}</span>
        <LookChips name={name} look={look} />
        <LastValue name={name} turn={turn} />
        <ChartMenu
          title={label}
          items={async (showTable) => {
            const { runChartItems } = await import('./runChartItems.tsx');
            return runChartItems(run, { name, domains, help, isLarge }, showTable);
          }}
        />
      </figcaption>
      <div ref={frame} className={styles.smallPlot} {...pointer}>
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
            {level !== null && <Level domains={domains} value={level} />}
            <Curve domains={domains} turn={turn} bucketsOf={bucketsOf} hasBand />
          </PlotFrame>
        )}
        <Hairline scales={scales} hairline={run.hairline} valueAt={valueAt} />
      </div>
    </figure>
  );
}

function valueUnder(run: RunOnShow, name: SeriesName, x: number): number {
  const series = run.series.metric(name, chartViewStore.get().axis);
  const index = indexAt(series, x);
  return index < 0 ? Number.NaN : series.pyramid.valueAt(index);
}

/** The value under the hairline, else the last one. Written past React: all charts write one as the pointer moves. */
function LastValue({ name, turn }: { readonly name: SeriesName; readonly turn: Store<number> }) {
  const run = useRun();
  const element = useRef<HTMLOutputElement>(null);
  useLayoutEffect(() => {
    const write = () => {
      const at = run.reading.get();
      const { pyramid } = run.series.metric(name, 'frames');
      const value = at === null ? pyramid.valueAt(pyramid.length - 1) : valueUnder(run, name, at);
      const text = pyramid.length === 0 || value === undefined ? '–' : compact(value);
      if (element.current && element.current.textContent !== text) element.current.textContent = text;
    };
    write();
    const ends = [run.reading.subscribe(write), turn.subscribe(write)];
    return () => {
      for (const end of ends) end();
    };
  }, [run, name, turn]);
  return <output ref={element} className={styles.value} />;
}
