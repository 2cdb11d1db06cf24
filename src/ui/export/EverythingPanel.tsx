import { Archive, Download } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../components/Button.tsx';
import { bytes, count } from '../format.ts';
import { exportRuns, report } from '../runs/runsActions.ts';
import styles from './ExportView.module.css';
import type { ExportFile } from './exportFile.ts';
import { download, downloadZip, type PreparedExport } from './exportFiles.ts';

/** Any of the files by itself, or those that are ticked in one zip: at first the weights that everything else can be made from, and the record. */
export function EverythingPanel({ prepared }: { readonly prepared: PreparedExport }) {
  const { weights, record, kept, stem, source } = prepared;
  const charts = prepared.charts.map(({ file }) => file);
  const [ticked, setTicked] = useState<ReadonlySet<ExportFile>>(new Set([weights[0]!, ...record]));
  const { stored } = source;
  const chosen = [...weights, ...record, ...charts, ...kept].filter((file) => ticked.has(file));
  return (
    <section className={styles.panel} aria-labelledby="export-everything">
      <h2 id="export-everything">Everything</h2>
      <FileList title="Policy" files={weights} ticked={ticked} onTick={setTicked} hasDocs={false} />
      <FileList title="Record of the run" files={record} ticked={ticked} onTick={setTicked} />
      <FileList title="Charts as SVG" files={charts} ticked={ticked} onTick={setTicked} hasDocs={false} />
      {kept.length > 0 && (
        <div className={styles.kept}>
          <FileList title="All checkpoints" files={kept} ticked={ticked} onTick={setTicked} />
        </div>
      )}
      <div className={styles.row}>
        <Button
          icon={<Archive size={16} aria-hidden="true" />}
          disabled={chosen.length === 0}
          onClick={() => downloadZip(stem, chosen)}
        >
          Download zip
        </Button>
        <span className={styles.size}>
          {count(chosen.length, 'file')}, {bytes(chosen.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0))} before
          packing
        </span>
      </div>
      {stored && (
        <div className={styles.row}>
          <Button icon={<Archive size={16} aria-hidden="true" />} onClick={() => report(exportRuns([stored]))}>
            Export run
          </Button>
          <span className={styles.doc}>
            Record, curves, checkpoint and all weights in one zip, which Runs › Import takes in another browser to train
            on.
          </span>
        </div>
      )}
    </section>
  );
}

interface ListProps {
  readonly title: string;
  readonly files: readonly ExportFile[];
  readonly ticked: ReadonlySet<ExportFile>;
  readonly onTick: (ticked: ReadonlySet<ExportFile>) => void;
  /** Not where the files are explained beside them. */
  readonly hasDocs?: boolean;
}

function FileList({ title, files, ticked, onTick, hasDocs = true }: ListProps) {
  const numTicked = files.filter((file) => ticked.has(file)).length;
  const tick = (changed: readonly ExportFile[], isTicked: boolean) => {
    const next = new Set(ticked);
    for (const file of changed) {
      if (isTicked) next.add(file);
      else next.delete(file);
    }
    onTick(next);
  };
  return (
    <fieldset className={styles.files}>
      <legend className="visually-hidden">{title}</legend>
      <label className={styles.group}>
        <input
          type="checkbox"
          checked={numTicked === files.length}
          ref={(box) => {
            if (box) box.indeterminate = numTicked > 0 && numTicked < files.length;
          }}
          onChange={(event) => tick(files, event.currentTarget.checked)}
        />
        <b>{title}</b>
        <span className={styles.size}>{bytes(files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0))}</span>
      </label>
      <ul>
        {files.map((file) => (
          <li key={file.name} className={styles.file}>
            <label className={styles.format}>
              <input
                type="checkbox"
                checked={ticked.has(file)}
                onChange={(event) => tick([file], event.currentTarget.checked)}
              />
              <span className={styles.formatText}>
                <span className={styles.name}>{file.name}</span>
                {hasDocs && <span className={styles.doc}>{file.doc}</span>}
              </span>
              <span className={styles.size}>{bytes(file.sizeBytes)}</span>
            </label>
            <Button
              look="quiet"
              aria-label={`Download ${file.name}`}
              title={`Download ${file.name}`}
              icon={<Download size={14} aria-hidden="true" />}
              onClick={() => download(file)}
            />
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
