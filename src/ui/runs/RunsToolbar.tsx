import { Archive, ChartSpline, Trash2, Upload } from 'lucide-react';
import { useId } from 'react';
import type { StoredRun } from '../../runs/RunStore.ts';
import { Button } from '../components/Button.tsx';
import { FileButton } from '../components/FileButton.tsx';
import { Help } from '../components/Help.tsx';
import { SearchField } from '../components/SearchField.tsx';
import { count } from '../format.ts';
import { useStore } from '../store.ts';
import { importFile } from './importStore.ts';
import styles from './RunsView.module.css';
import { compareRuns, deleteRuns, exportRuns, report } from './runsActions.ts';
import { filterStore, selectionStore } from './runsView.ts';

interface Props {
  readonly shown: readonly StoredRun[];
  readonly numRuns: number;
  /** What is wrong with the filter. */
  readonly problems: readonly string[];
}

export function RunsToolbar({ shown, numRuns, problems }: Props) {
  const filter = useStore(filterStore);
  const selection = useStore(selectionStore);
  const selected = shown.filter(({ id }) => selection.has(id));
  const problemsId = useId();
  const isFiltered = shown.length < numRuns;
  return (
    <header className={styles.toolbar}>
      <h1>Runs</h1>
      <SearchField
        className={styles.search}
        shortcut="Filter the runs"
        aria-label="Filter runs"
        aria-describedby={problemsId}
        placeholder="env:lunar lr>1e-4"
        value={filter}
        onChange={(text) => filterStore.set(text)}
      />
      <Help about="the filter">
        <p>Words are looked for in name, note and environment. Conditions compare any setting, or a fact of the run:</p>
        <p>
          <code>env:lunar</code>, <code>lr&gt;1e-4</code>, <code>seed=3</code>, <code>state:done</code>,{' '}
          <code>best&gt;=200</code>, <code>frames&lt;1M</code>. A minus in front turns one around:{' '}
          <code>-state:failed</code>.
        </p>
        <p>Keys: J and K move, X marks, Enter opens, C compares, Delete deletes.</p>
      </Help>
      <span id={problemsId} className={styles.about} role="status">
        {problems.length > 0 ? problems.join(' ') : isFiltered && `${count(shown.length, 'run')} of ${numRuns}`}
      </span>
      <div className={styles.buttons}>
        <FileButton label="Archive of a run" accept=".zip,application/zip" icon={Upload} onFile={importFile}>
          Import
        </FileButton>
        <Button
          icon={<ChartSpline size={15} aria-hidden="true" />}
          keys="C"
          disabled={selected.length < 2}
          onClick={() => compareRuns(selected)}
        >
          Compare{selected.length > 1 && ` ${selected.length}`}
        </Button>
        <Button
          icon={<Archive size={15} aria-hidden="true" />}
          disabled={selected.length === 0}
          onClick={() => report(exportRuns(selected))}
        >
          Export
        </Button>
        <Button
          look="danger"
          icon={<Trash2 size={15} aria-hidden="true" />}
          disabled={selected.every(({ status }) => status === 'training')}
          onClick={() => deleteRuns(selected)}
        >
          Delete
        </Button>
      </div>
    </header>
  );
}
