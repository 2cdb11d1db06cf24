import { Button } from '../components/Button.tsx';
import { Dialog, DialogButtons } from '../components/Dialog.tsx';
import { ScrollRegion } from '../components/ScrollRegion.tsx';
import type { ChartContent } from './chartContent.ts';
import styles from './TableDialog.module.css';

/** What a chart shows, in numbers. */
export function TableDialog({ content, onClose }: { readonly content: ChartContent; readonly onClose: () => void }) {
  return (
    <Dialog title={content.title} onClose={onClose} size="wide">
      <ScrollRegion className={styles.scroll} label={`Values of the chart ${content.title}`}>
        {content.tables().map(({ caption, columns, rows }) => (
          <table key={caption}>
            <caption>{caption}</caption>
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column} scope="col">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(([first, ...others], row) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: rows of a moment, which stay as they are
                <tr key={row}>
                  <th scope="row">{first}</th>
                  {others.map((cell, i) => (
                    <td key={columns[i + 1]}>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        ))}
      </ScrollRegion>
      <DialogButtons>
        <Button onClick={onClose}>Close</Button>
      </DialogButtons>
    </Dialog>
  );
}
