/**
 * The network as a picture: images as stacks of planes, vectors as columns of units, from the observation to the policy and the
 * baseline. Sizes are a sketch; shapes and parameters stand below.
 */
import type { LayerSummary } from '../../networks/networkSummary.ts';
import { compact } from '../format.ts';
import {
  type Column,
  columnsOf,
  connections,
  drawingHeight,
  drawingWidth,
  glyphBottom,
  middle,
} from './networkDrawing.ts';

interface Props {
  readonly layers: readonly LayerSummary[];
  readonly className?: string | undefined;
}

export function NetworkDiagram({ layers, className }: Props) {
  const columns = columnsOf(layers);
  return (
    <svg
      className={className}
      viewBox={`0 0 ${drawingWidth} ${drawingHeight(columns)}`}
      role="img"
      aria-label={layers.map(({ label, shape }) => `${label}: ${shape.join(' × ')}`).join('; ')}
    >
      {columns.map((column, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a layer is known by its place alone
        <g key={i} transform={`translate(0 ${column.top})`}>
          <path d={connections(columns[i - 1], column)} fill="none" stroke="var(--rule-2)" strokeWidth={0.5} />
        </g>
      ))}
      {columns.map((column, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a layer is known by its place alone
        <g key={i} transform={`translate(0 ${column.top})`}>
          <Glyph column={column} />
          <Caption column={column} />
        </g>
      ))}
    </svg>
  );
}

function Glyph({ column }: { readonly column: Column }) {
  const { x, planes, units, layer } = column;
  const line = { fill: 'var(--panel)', stroke: 'var(--s1)', strokeWidth: 1.3 };
  if (layer.kind === 'relu') {
    return <path d={`M${x - 11} ${middle + 5}H${x}L${x + 11} ${middle - 8}`} {...line} fill="none" />;
  }
  return (
    <>
      {planes.map((plane) => (
        <rect key={plane.x} {...plane} {...line} />
      ))}
      {layer.kind === 'lstm' && (
        <path
          d={`M${x + 6} ${units[0]! - 4}c14 -10 -26 -10 -13 -1.5m-3.5 -3.5l3.6 3.6l0.6 -5`}
          {...line}
          fill="none"
          transform="translate(0 -1)"
        />
      )}
      {units.map((y, i) => (
        <circle key={y} cx={x} cy={y} r={3.6} {...line} stroke={unitColour(column, i)} strokeWidth={1.6} />
      ))}
    </>
  );
}

/** The last unit of the heads is the baseline. */
function unitColour({ layer, units }: Column, unit: number): string {
  if (layer.kind !== 'heads') return 'var(--s1)';
  return unit === units.length - 1 ? 'var(--s3)' : 'var(--s2)';
}

function Caption({ column }: { readonly column: Column }) {
  const { x, layer } = column;
  const { shape, parameters, kind } = layer;
  const lines = { x, textAnchor: 'middle' } as const;
  return (
    <>
      <text {...lines} y={glyphBottom + 17} fontSize={11.5} fontWeight={600} fill="var(--ink)">
        {kind === 'heads' ? `${shape[0]! - 1} + 1` : shape.join('×')}
      </text>
      <text {...lines} y={glyphBottom + 31} fontSize={11} fill="var(--ink-3)">
        {shortLabel(layer)}
      </text>
      {parameters > 0 && (
        <text {...lines} y={glyphBottom + 44} fontSize={10.5} fill="var(--ink-3)">
          {compact(parameters)}
        </text>
      )}
    </>
  );
}

function shortLabel({ kind, label }: LayerSummary): string {
  switch (kind) {
    case 'observation':
      return 'input';
    case 'last action and reward':
      return '+ a, r';
    case 'heads':
      return 'π and V';
    case 'residual':
      return 'residual';
    case 'dense':
      return label.replace('dense, ', '');
    case 'conv':
      return label.split(',')[0]!;
    default:
      return label;
  }
}
