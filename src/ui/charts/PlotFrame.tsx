/**
 * Axes, grid and reference lines, drawn by recharts. It gets no data: recharts works in proportion to the data it is given, each time
 * it changes. The curves are layers among its children, which ask it for scales; so it renders only when a domain changes.
 */
import { memo, type ReactNode } from 'react';
import { CartesianGrid, LineChart, XAxis, YAxis } from 'recharts';
import { tickLabel } from '../format.ts';
import { tickText } from './logScale.ts';
import { type PlotDomains, warped } from './scales.ts';

interface Props extends PlotDomains {
  readonly width: number;
  readonly height: number;
  readonly yAxisWidth: number;
  /** How to write a value of the x axis; as a plain number if not given. */
  readonly formatX?: ((value: number, step: number) => string) | undefined;
  readonly children: ReactNode;
}

const noData: never[] = [];
const margin = { top: 12, right: 18, bottom: 0, left: 0 };
const tick = { fontSize: 11, fill: 'var(--ink-3)' };
// Without this, recharts looks for a tooltip at each move of the pointer.
const style = { pointerEvents: 'none' } as const;
const axisLine = { stroke: 'var(--rule-2)' };

export const PlotFrame = memo(function PlotFrame({
  x,
  y,
  width,
  height,
  yAxisWidth,
  formatX = tickLabel,
  children,
}: Props) {
  // recharts knows linear axes alone: a warped one is given to it as what the warp makes of its values.
  const yTicks = y.ticks.map((value) => warped(y, value));
  return (
    <LineChart width={width} height={height} margin={margin} data={noData} accessibilityLayer={false} style={style}>
      <CartesianGrid vertical={false} stroke="var(--rule)" />
      <XAxis
        type="number"
        dataKey="x"
        domain={[x.from, x.to]}
        ticks={x.ticks}
        interval={0}
        allowDataOverflow
        height={22}
        tick={tick}
        tickLine={axisLine}
        axisLine={axisLine}
        tickSize={4}
        tickFormatter={(value: number) => formatX(value, x.step)}
      />
      <YAxis
        type="number"
        domain={[warped(y, y.from), warped(y, y.to)]}
        ticks={yTicks}
        interval={0}
        allowDataOverflow
        width={yAxisWidth}
        tick={tick}
        tickLine={false}
        axisLine={false}
        tickFormatter={(value: number) => tickText(y, y.ticks[yTicks.indexOf(value)] ?? value)}
      />
      {children}
    </LineChart>
  );
});
