import { useMemo, useRef, useState } from 'react';
import { findEnv } from '../../envs/registry.ts';
import type { StoredCurves, StoredRun } from '../../runs/RunStore.ts';
import { bucketsBetween } from '../charts/bucketPyramid.ts';
import { ChartMenu } from '../charts/ChartMenu.tsx';
import { chartViewStore, readingMs } from '../charts/chartContext.ts';
import { Hairline } from '../charts/Hairline.tsx';
import { Level, ScaleProbe, useClip, useScales } from '../charts/layers.tsx';
import { moveHairline } from '../charts/moveHairline.ts';
import { niceDomain } from '../charts/niceTicks.ts';
import { PlotFrame } from '../charts/PlotFrame.tsx';
import { bandPath, linePath } from '../charts/paths.ts';
import { type PlotDomains, pixel, type Scales } from '../charts/scales.ts';
import { usePointerHairline } from '../charts/usePointerHairline.ts';
import { useElementSize } from '../components/useElementSize.ts';
import { compact, fixed } from '../format.ts';
import { slowed } from '../slowed.ts';
import { Store, useStore } from '../store.ts';
import styles from './CompareView.module.css';
import { type CurveKind, curveTitles, valueAt } from './compareCurves.ts';
import { OverlayLegend } from './OverlayLegend.tsx';
import { intervalOf, type OverlayLine, overlayLines, pyramidOf } from './overlayLines.ts';

interface Props {
  readonly runs: readonly StoredRun[];
  readonly curves: ReadonlyMap<string, StoredCurves>;
  readonly kind: CurveKind;
  readonly isGrouped: boolean;
  /** The run that a person points at, by its id. */
  readonly marked: string | null;
  readonly onMark: (id: string | null) => void;
}

/** Returns over env steps, one line for each run or group. */
export function OverlayChart({ runs, curves, kind, isGrouped, marked, onMark }: Props) {
  const { smoothing } = useStore(chartViewStore);
  const frame = useRef<HTMLDivElement>(null);
  const { width, height } = useElementSize(frame);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const [hairline] = useState(() => new Store<number | null>(null));
  const [reading] = useState(() => slowed(hairline, readingMs));
  const [scales] = useState(() => new Store<Scales | null>(null));
  const pointer = usePointerHairline(scales, hairline);
  const lines = useMemo(
    () => overlayLines(runs, curves, kind, isGrouped, smoothing),
    [runs, curves, kind, isGrouped, smoothing],
  );
  const shown = lines.filter(({ id }) => !hidden.has(id));
  const domains = useMemo(() => domainsOf(lines), [lines]); // Of all lines: hiding one must not move the others.
  const threshold = commonThreshold(runs);
  const end = Math.max(0, ...lines.map(({ points }) => points.xs.at(-1) ?? 0));
  return (
    <figure className={styles.figure} aria-label={sentence(lines, kind)}>
      <div className={styles.head}>
        <h2>{curveTitles[kind]}</h2>
        <ChartMenu
          title={curveTitles[kind]}
          items={async (showTable) => {
            const { overlayItems } = await import('./overlayContent.ts');
            return overlayItems(shown, kind, domains, threshold, showTable);
          }}
        />
      </div>
      <div
        ref={frame}
        className={styles.plot}
        role="slider"
        tabIndex={0}
        aria-label="Read the curves at a step; arrow keys move"
        aria-valuemin={0}
        aria-valuemax={end}
        aria-valuenow={end}
        aria-valuetext="values stand in the legend"
        onKeyDown={(event) => moveHairline(event, hairline, domains.x, end)}
        onBlur={() => hairline.set(null)}
        {...pointer}
      >
        {width > 0 && (
          <PlotFrame {...domains} width={width} height={height} yAxisWidth={54}>
            <ScaleProbe domains={domains} scales={scales} />
            {shown.map((line) => (
              <Line
                key={line.id}
                line={line}
                domains={domains}
                isFaded={marked !== null && marked !== line.id}
                hasDots={kind === 'evaluations' && line.band.length === 0}
              />
            ))}
            {threshold !== null && <Level domains={domains} value={threshold} name={`solved at ${threshold}`} />}
          </PlotFrame>
        )}
        <Hairline scales={scales} hairline={hairline} />
      </div>
      <OverlayLegend lines={lines} hidden={hidden} onHide={setHidden} onMark={onMark} reading={reading} end={end} />
    </figure>
  );
}

function Line({
  line,
  domains,
  isFaded,
  hasDots,
}: {
  readonly line: OverlayLine;
  readonly domains: PlotDomains;
  readonly isFaded: boolean;
  readonly hasDots: boolean;
}) {
  const scales = useScales(domains);
  const clip = useClip(scales);
  const pyramid = useMemo(() => pyramidOf(line), [line]);
  if (!scales) return null;
  const { xs, ys } = line.points;
  const buckets = bucketsBetween(pyramid, xs, domains.x.from, domains.x.to, Math.floor(scales.plot.width / 2));
  return (
    <g clipPath={`url(#${clip.id})`} opacity={isFaded ? 0.18 : 1} pointerEvents="none">
      {clip.element}
      {line.band.length > 0 && <path d={bandPath(intervalOf(line), scales)} fill={line.stroke} opacity={0.16} />}
      <path
        d={linePath(buckets, scales)}
        fill="none"
        stroke={line.stroke}
        strokeDasharray={line.dash}
        strokeWidth={1.8}
      />
      {hasDots &&
        Array.from(xs, (x, i) => (
          <circle key={x} cx={pixel(scales.x, x)} cy={pixel(scales.y, ys[i]!)} r={3} fill={line.stroke} />
        ))}
    </g>
  );
}

function domainsOf(lines: readonly OverlayLine[]): PlotDomains {
  let [low, high, end] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (const { points, band } of lines) {
    for (const value of points.ys) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    for (const point of band) {
      low = Math.min(low, point.low);
      high = Math.max(high, point.high);
    }
    end = Math.max(end, points.xs.at(-1) ?? 0);
  }
  return { x: niceDomain(0, end, 8), y: niceDomain(low >= 0 && low < 0.3 * high ? 0 : low, high, 6) };
}

/** The return that counts as solved, where all runs have the same environment. */
function commonThreshold(runs: readonly StoredRun[]): number | null {
  const [env, ...others] = new Set(runs.map(({ hyperparameters }) => hyperparameters.env));
  return env !== undefined && others.length === 0 ? findEnv(env).spec.rewardThreshold : null;
}

function sentence(lines: readonly OverlayLine[], kind: CurveKind): string {
  const ends = lines.map((line) => {
    const end = line.points.xs.at(-1);
    return end === undefined
      ? `${line.label}: none yet`
      : `${line.label}: ${fixed(valueAt(line.points, end), 1)} at ${compact(end)} env steps`;
  });
  return `${curveTitles[kind]}. ${ends.join('; ')}.`;
}
