import { ChartSpline } from 'lucide-react';
import { useEffect, useState } from 'react';
import { pngOf } from '../charts/pngOf.ts';
import { Button } from '../components/Button.tsx';
import { count } from '../format.ts';
import styles from './ExportView.module.css';
import { downloadZip, type PreparedExport } from './exportFiles.ts';

/** The charts of the Train view as figures for papers and slides, for readers of any theme. */
export function ChartsPanel({ prepared: { charts, stem } }: { readonly prepared: PreparedExport }) {
  const [first] = charts;
  const pngs = () =>
    charts.map(({ file, figure }) => ({
      name: file.name.replace(/svg$/, 'png'),
      read: async () => new Uint8Array(await (await pngOf(figure)).arrayBuffer()),
    }));
  return (
    <section className={styles.panel} aria-labelledby="export-charts">
      <h2 id="export-charts">Charts</h2>
      <p className={styles.doc}>
        {count(charts.length, 'chart')} of the whole run, as Train shows them, each as SVG and PNG: title, axes, units,
        legend.
      </p>
      {first && <Preview title={first.figure.title} svg={first.svg} />}
      <Button
        icon={<ChartSpline size={16} aria-hidden="true" />}
        onClick={() => downloadZip(`${stem}-charts`, [...charts.map(({ file }) => file), ...pngs()])}
      >
        Download charts
      </Button>
    </section>
  );
}

function Preview({ title, svg }: { readonly title: string; readonly svg: string }) {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [svg]);
  return <img className={styles.chart} src={url} alt={`The chart ${title} as it is saved`} width={960} height={540} />;
}
