/** What can be done with any chart: its values as a table, and files of it. */
import { FileImage, FileText, Image, Table } from 'lucide-react';
import type { MenuItem } from '../components/MenuButton.tsx';
import { alertStore, messageOf } from '../notices.ts';
import { saveFile } from '../saveFile.ts';
import type { ChartContent } from './chartContent.ts';
import { drawFigure } from './drawFigure.ts';
import { pngOf } from './pngOf.ts';

const icon = { size: 14, 'aria-hidden': true } as const;

/** @param content what the chart shows at the moment of asking */
export function fileItems(content: () => ChartContent, showTable: (content: ChartContent) => void): MenuItem[] {
  const save = (kind: FileKind) => () =>
    saveChart(content(), kind).catch((error: unknown) => alertStore.set(messageOf(error)));
  return [
    { icon: <Table {...icon} />, label: 'Show as table', act: () => showTable(content()) },
    { icon: <FileImage {...icon} />, label: 'Save SVG', act: save('svg') },
    { icon: <Image {...icon} />, label: 'Save PNG', act: save('png') },
    { icon: <FileText {...icon} />, label: 'Save CSV', act: save('csv') },
  ];
}

type FileKind = 'svg' | 'png' | 'csv';

async function saveChart({ stem, figure, csv }: ChartContent, kind: FileKind): Promise<void> {
  if (kind === 'csv') saveFile(`${stem}.csv`, csv(), 'text/csv');
  else if (kind === 'svg') saveFile(`${stem}.svg`, drawFigure(figure), 'image/svg+xml');
  else saveFile(`${stem}.png`, await pngOf(figure), 'image/png');
}
