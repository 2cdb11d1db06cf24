/** Files of a chart, handed to the browser's downloads. */
import { saveFile } from '../saveFile.ts';
import type { ChartContent } from './chartContent.ts';
import { drawFigure } from './drawFigure.ts';
import { pngOf } from './pngOf.ts';

export async function saveChart(content: ChartContent, kind: 'svg' | 'png' | 'csv'): Promise<void> {
  const { stem, figure, csv } = content;
  if (kind === 'csv') saveFile(`${stem}.csv`, csv(), 'text/csv');
  else if (kind === 'svg') saveFile(`${stem}.svg`, drawFigure(figure), 'image/svg+xml');
  else saveFile(`${stem}.png`, await pngOf(figure), 'image/png');
}
