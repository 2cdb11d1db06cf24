/** What can be done with any chart: its values as a table, and files of it. The code for that is loaded when it is asked for. */
import { FileImage, FileText, Image, Table } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { MenuButton, type MenuItem } from '../components/MenuButton.tsx';
import { alertStore, messageOf } from '../notices.ts';
import type { ChartContent } from './chartContent.ts';
import styles from './charts.module.css';

const TableDialog = lazy(async () => ({ default: (await import('./TableDialog.tsx')).TableDialog }));

interface Props {
  /** What the chart is called. */
  readonly title: string;
  /** What it shows at this moment. */
  readonly content: () => Promise<ChartContent>;
  /** What else can be done, above and below. */
  readonly before?: () => readonly MenuItem[];
  readonly after?: () => readonly MenuItem[];
}

const icon = { size: 14, 'aria-hidden': true } as const;

export function ChartMenu({ title, content, before, after }: Props) {
  const [table, setTable] = useState<ChartContent | null>(null);
  const take = (use: (content: ChartContent) => unknown) => async () => {
    try {
      await use(await content());
    } catch (error) {
      alertStore.set(messageOf(error));
    }
  };
  const save = (kind: 'svg' | 'png' | 'csv') =>
    take(async (shown) => {
      const { saveChart } = await import('./chartFiles.ts');
      await saveChart(shown, kind);
    });
  const items = (): MenuItem[] => [
    ...(before?.() ?? []),
    { icon: <Table {...icon} />, label: 'Show as table', act: take(setTable), beginsGroup: before !== undefined },
    { icon: <FileImage {...icon} />, label: 'Save SVG', act: save('svg') },
    { icon: <Image {...icon} />, label: 'Save PNG', act: save('png') },
    { icon: <FileText {...icon} />, label: 'Save CSV', act: save('csv') },
    ...(after?.() ?? []),
  ];
  return (
    <>
      <MenuButton look="quiet" className={styles.menu} label={`Actions for the chart ${title}`} items={items} />
      {table && (
        <Suspense>
          <TableDialog content={table} onClose={() => setTable(null)} />
        </Suspense>
      )}
    </>
  );
}
