import type { LayerSummary } from '../../networks/networkSummary.ts';
import { outputsOf } from './estimates.ts';

const [width, height, nodesTop, nodesBottom] = [308, 122, 6, 86];

/** A sketch of the layers: at most eight nodes of each are drawn, their number stands below. */
export function NetworkDiagram({
  layers,
  className,
}: {
  readonly layers: readonly LayerSummary[];
  readonly className?: string | undefined;
}) {
  const columns = layers.map((layer, i) => ({
    layer,
    x: 24 + (i * (width - 48)) / (layers.length - 1),
    ys: nodePositions(Math.min(8, outputsOf(layer))),
    isLast: i === layers.length - 1,
  }));
  return (
    <svg
      className={className}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={`Layers of ${layers.map(outputsOf).join(', ')} units`}
    >
      {columns.slice(1).map((column, i) => (
        <path
          key={column.x}
          d={columns[i]!.ys.flatMap((from) =>
            column.ys.map((to) => `M${columns[i]!.x} ${from}L${column.x} ${to}`),
          ).join('')}
          stroke="var(--rule-2)"
          strokeWidth={0.5}
          opacity={0.8}
        />
      ))}
      {columns.map(({ layer, x, ys, isLast }) => (
        <g key={x}>
          {ys.map((y, i) => (
            <circle
              key={y}
              cx={x}
              cy={y}
              r={3.6}
              fill="var(--panel)"
              stroke={!isLast ? 'var(--s1)' : i === ys.length - 1 ? 'var(--s3)' : 'var(--s2)'}
              strokeWidth={1.6}
            />
          ))}
          <text x={x} y={104} textAnchor="middle" fontSize={11.5} fontWeight={600} fill="var(--ink)">
            {isLast ? `${outputsOf(layer) - 1} + 1` : layer.shape.join('×')}
          </text>
          <text x={x} y={118} textAnchor="middle" fontSize={11} fill="var(--ink-3)">
            {shortLabel(layer.label, isLast)}
          </text>
        </g>
      ))}
    </svg>
  );
}

function shortLabel(label: string, isLast: boolean): string {
  if (isLast) return 'π and V';
  return label === 'observation' ? 'input' : label.split(',')[0]!;
}

function nodePositions(n: number): number[] {
  const gap = Math.min(11.4, (nodesBottom - nodesTop) / 7);
  const middle = (nodesTop + nodesBottom) / 2;
  return Array.from({ length: n }, (_, i) => middle + (i - (n - 1) / 2) * gap);
}
