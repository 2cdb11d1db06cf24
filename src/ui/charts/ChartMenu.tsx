/** What can be done with a chart. The code for that is loaded when the menu opens. */
import { lazy, Suspense, useState } from 'react';
import { MenuButton, type MenuItem } from '../components/MenuButton.tsx';
import type { ChartContent } from './chartContent.ts';
import styles from './charts.module.css';

const TableDialog = lazy(async () => ({ default: (await import('./TableDialog.tsx')).TableDialog }));

interface Props {
  /** What the chart is called. */
  readonly title: string;
  readonly items: (showTable: (content: ChartContent) => void) => Promise<readonly MenuItem[]>;
}

export function ChartMenu({ title, items }: Props) {
  const [table, setTable] = useState<ChartContent | null>(null);
  return (
    <>
      <MenuButton
        look="quiet"
        className={styles.menu}
        label={`Actions for the chart ${title}`}
        items={() => items(setTable)}
      />
      {table && (
        <Suspense>
          <TableDialog content={table} onClose={() => setTable(null)} />
        </Suspense>
      )}
    </>
  );
}
