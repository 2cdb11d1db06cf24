/** Layers that stand inside a `PlotFrame` and draw in its coordinates. Only they follow the data. */
import { useEffect, useMemo, useState } from 'react';
import { usePlotArea, useXAxisScale, useYAxisScale } from 'recharts';
import type { Store } from '../store.ts';
import { useStore } from '../store.ts';
import type { Bucket } from './bucketPyramid.ts';
import type { NiceDomain } from './niceTicks.ts';
import { bandPath, linePath } from './paths.ts';
import { type Axis, axisBetween, type PlotDomains, pixel, type Scales, warped } from './scales.ts';

type Scale = (value: unknown) => number | undefined;

function axisOf(scale: Scale, domain: NiceDomain): Axis | null {
  const [from, to] = [scale(warped(domain, domain.from)), scale(warped(domain, domain.to))];
  return from === undefined || to === undefined ? null : axisBetween(domain, from, to);
}

/** The scales of the frame around, or null before it knows its size. */
export function useScales({ x, y }: PlotDomains): Scales | null {
  const xScale = useXAxisScale();
  const yScale = useYAxisScale();
  const plot = usePlotArea();
  return useMemo(() => {
    const [xAxis, yAxis] = [xScale && axisOf(xScale, x), yScale && axisOf(yScale, y)];
    return xAxis && yAxis && plot ? { x: xAxis, y: yAxis, plot } : null;
  }, [xScale, yScale, plot, x, y]);
}

/** Tells the code around a frame how its scales lie, for the pointer and for a canvas below. */
export function ScaleProbe({
  domains,
  scales,
}: {
  readonly domains: PlotDomains;
  readonly scales: Store<Scales | null>;
}) {
  const now = useScales(domains);
  useEffect(() => scales.set(now), [scales, now]);
  return null;
}

interface CurveProps {
  readonly domains: PlotDomains;
  /** Counts the turns of the chart. */
  readonly turn: Store<number>;
  /** At most so many buckets of what the frame shows. */
  readonly bucketsOf: (from: number, to: number, count: number) => Bucket[];
  readonly width?: number;
  readonly hasBand?: boolean;
  readonly hasHalo?: boolean;
}

/** The mean of each bucket as a line, on request over the band from minimum to maximum. */
export function Curve({ domains, turn, bucketsOf, width = 1.5, hasBand, hasHalo }: CurveProps) {
  const scales = useScales(domains);
  const count = useStore(turn);
  const paths = useMemo(() => {
    if (!scales || count < 0) return null;
    const { from, to } = domains.x;
    const buckets = bucketsOf(from, to, Math.max(2, Math.floor(scales.plot.width / 2)));
    return { line: linePath(buckets, scales), band: hasBand ? bandPath(buckets, scales) : '' };
  }, [scales, count, domains, bucketsOf, hasBand]);
  const clip = useClip(scales);
  if (!paths) return null;
  return (
    <g clipPath={`url(#${clip.id})`} fill="none" strokeLinejoin="round">
      {clip.element}
      {paths.band && <path d={paths.band} fill="var(--s1)" opacity={0.16} />}
      {hasHalo && <path d={paths.line} stroke="var(--panel)" strokeWidth={width + 2.6} opacity={0.85} />}
      <path d={paths.line} stroke="var(--s1)" strokeWidth={width} />
    </g>
  );
}

let numClips = 0;

/** Keeps a layer inside the plot, but for so many pixels: values beyond a zoomed axis must not run over the labels. */
export function useClip(scales: Scales | null, room = 2) {
  const [id] = useState(() => `plot-${numClips++}`);
  const element = scales && (
    <clipPath id={id}>
      <rect
        x={scales.plot.x - room}
        y={scales.plot.y - room}
        width={scales.plot.width + 2 * room}
        height={scales.plot.height + 2 * room}
      />
    </clipPath>
  );
  return { id, element };
}

/** A dashed level, drawn only where the axis reaches it. Its name has a halo, to be read on whatever was drawn before. */
export function Level({
  domains,
  value,
  name,
}: {
  readonly domains: PlotDomains;
  readonly value: number;
  readonly name?: string;
}) {
  const scales = useScales(domains);
  if (!scales || value < domains.y.from || value > domains.y.to) return null;
  const { plot, y } = scales;
  const py = pixel(y, value);
  return (
    <g pointerEvents="none">
      <path d={`M${plot.x} ${py}h${plot.width}`} stroke="var(--ink-3)" strokeWidth={1} strokeDasharray="5 4" />
      {name && (
        <text
          x={plot.x + 5}
          y={py - plot.y > 18 ? py - 5 : py + 14}
          fontSize={11}
          fill="var(--ink-2)"
          stroke="var(--panel)"
          strokeWidth={4}
          strokeLinejoin="round"
          paintOrder="stroke"
        >
          {name}
        </text>
      )}
    </g>
  );
}
