/** What the overlay of several runs shows, as a figure, a table and CSV. */
import { bucketsBetween } from '../charts/bucketPyramid.ts';
import type { ChartContent } from '../charts/chartContent.ts';
import type { FigureLayer, SeriesColour } from '../charts/figure.ts';
import { fileItems } from '../charts/fileItems.tsx';
import { tickText } from '../charts/logScale.ts';
import type { PlotDomains } from '../charts/scales.ts';
import type { MenuItem } from '../components/MenuButton.tsx';
import { count, fixed, whole } from '../format.ts';
import { fileNameOf } from '../saveFile.ts';
import { type CurveKind, curveTitles, valueAt } from './compareCurves.ts';
import { intervalOf, type OverlayLine, pyramidOf } from './overlayLines.ts';

const figurePoints = 800;
const tableRows = 50;

export const overlayItems = (
  lines: readonly OverlayLine[],
  kind: CurveKind,
  domains: PlotDomains,
  threshold: number | null,
  showTable: (content: ChartContent) => void,
): MenuItem[] => fileItems(() => overlayContent(lines, kind, domains, threshold), showTable);

/** @param threshold the return that counts as solved, where the runs agree on one */
function overlayContent(
  lines: readonly OverlayLine[],
  kind: CurveKind,
  { x, y }: PlotDomains,
  threshold: number | null,
): ChartContent {
  const title = curveTitles[kind];
  return {
    title,
    stem: fileNameOf(title),
    figure: {
      title,
      subtitle: count(lines.length, 'line'),
      width: 960,
      height: 540,
      x: { domain: x, label: 'Env steps', tickText: (tick) => tickText(x, tick) },
      y: { domain: y, label: 'Return (reward)', tickText: (tick) => tickText(y, tick) },
      layers: [
        ...(threshold === null
          ? []
          : [{ kind: 'level', name: `solved at ${threshold}`, value: threshold } satisfies FigureLayer]),
        ...lines.flatMap((line) => layersOf(line, kind, x.to)),
      ],
    },
    tables: () => [
      {
        caption: `${title} at so many env steps`,
        columns: ['Env steps', ...lines.map(({ label }) => label)],
        rows: Array.from({ length: tableRows + 1 }, (_, i) => {
          const at = x.from + ((x.to - x.from) * i) / tableRows;
          return [whole(at), ...lines.map(({ points }) => fixed(valueAt(points, at), 1))];
        }),
      },
    ],
    csv: () => csvOf(lines),
  };
}

function layersOf(line: OverlayLine, kind: CurveKind, end: number): FigureLayer[] {
  const colour = /s[1-6]/.exec(line.stroke)![0] as SeriesColour;
  const hasBand = line.band.length > 0;
  const points = bucketsBetween(pyramidOf(line), line.points.xs, 0, end, figurePoints);
  return [
    ...(hasBand ? [{ kind: 'band', name: '', points: intervalOf(line), colour } satisfies FigureLayer] : []),
    {
      kind: 'line',
      name: line.label,
      points,
      colour,
      width: 1.8,
      dash: line.dash,
      hasDots: kind === 'evaluations' && !hasBand,
    },
  ];
}

/** Every point of every line; names are quoted as RFC 4180 has it. */
function csvOf(lines: readonly OverlayLine[]): string {
  const rows = lines.flatMap(({ label, points: { xs, ys } }) =>
    Array.from(xs, (x, i) => `"${label.replaceAll('"', '""')}",${x},${ys[i]}`),
  );
  return `run,frames,value\n${rows.join('\n')}\n`;
}
