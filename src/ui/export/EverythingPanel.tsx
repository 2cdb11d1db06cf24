import { Archive } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../components/Button.tsx';
import { bytes } from '../format.ts';
import { saveFile } from '../saveFile.ts';
import styles from './ExportView.module.css';
import { type ExportFile, type PreparedExport, zipOf } from './exportFiles.ts';

/** Any of the files in one zip. Of the weights, the file that everything else can be made from is in it at first. */
export function EverythingPanel({ prepared: { weights, others, stem } }: { readonly prepared: PreparedExport }) {
  const files: readonly ExportFile[] = [...weights, ...others];
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set(weights.slice(1).map(({ name }) => name)));
  const chosen = files.filter(({ name }) => !left.has(name));
  const toggle = (name: string) => {
    const next = new Set(left);
    if (!next.delete(name)) next.add(name);
    setLeft(next);
  };
  return (
    <section className={styles.panel} aria-labelledby="export-everything">
      <h2 id="export-everything">Everything</h2>
      <ul className={styles.files}>
        {files.map(({ name, doc, contents }) => (
          <li key={name}>
            <label className={styles.format}>
              <input type="checkbox" checked={!left.has(name)} onChange={() => toggle(name)} />
              <span className={styles.formatText}>
                <b>{name}</b>
                {others.some((other) => other.name === name) && <span className={styles.doc}>{doc}</span>}
              </span>
              <span className={styles.size}>{bytes(contents.length)}</span>
            </label>
          </li>
        ))}
      </ul>
      <div className={styles.row}>
        <Button
          icon={<Archive size={16} aria-hidden="true" />}
          disabled={chosen.length === 0}
          onClick={() => saveFile(`${stem}.zip`, zipOf(chosen), 'application/zip')}
        >
          Download zip
        </Button>
        <span className={styles.size}>
          {bytes(chosen.reduce((sum, { contents }) => sum + contents.length, 0))} before it is packed
        </span>
      </div>
    </section>
  );
}
