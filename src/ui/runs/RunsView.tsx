/** Every run that is kept here. */
import { useStore } from '../store.ts';
import { CompareView } from './CompareView.tsx';
import { EditRunDialog } from './EditRunDialog.tsx';
import { EmptyRuns } from './EmptyRuns.tsx';
import { ImportDialog } from './ImportDialog.tsx';
import { importFile } from './importStore.ts';
import { QueuePanel } from './QueuePanel.tsx';
import { RunsTable } from './RunsTable.tsx';
import { RunsToolbar } from './RunsToolbar.tsx';
import styles from './RunsView.module.css';
import { differingNames } from './runFacts.ts';
import { parseFilter } from './runFilter.ts';
import { sortRuns } from './runSort.ts';
import { leavingStore } from './runsActions.ts';
import { runsStore, storageProblemStore } from './runsStore.ts';
import { filterStore, sortingStore } from './runsView.ts';
import { StorageBar } from './StorageBar.tsx';
import { useRunsKeys } from './useRunsKeys.ts';

/** More columns than these make rows that nobody can read; Compare shows all. */
const maxSettings = 5;

export function RunsView({ isComparing }: { readonly isComparing: boolean }) {
  return (
    // Files are dropped by people with a pointer; the Import button does the same.
    // biome-ignore lint/a11y/noStaticElementInteractions: a place to drop files on
    <div
      className={styles.view}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        const [file] = event.dataTransfer.files;
        if (file) importFile(file);
      }}
    >
      {isComparing ? <CompareView /> : <RunsPage />}
      <EditRunDialog />
      <ImportDialog />
    </div>
  );
}

function RunsPage() {
  const runs = useStore(runsStore);
  const problem = useStore(storageProblemStore);
  const leaving = useStore(leavingStore);
  const filter = parseFilter(useStore(filterStore));
  const sorting = useStore(sortingStore);
  const present = (runs ?? []).filter(({ id }) => !leaving.has(id));
  const shown = sortRuns(present.filter(filter.accepts), sorting);
  useRunsKeys(shown);
  if (!runs) return <p className={styles.message}>Reading the runs…</p>;
  return (
    <>
      <RunsToolbar shown={shown} numRuns={present.length} problems={filter.problems} />
      {problem && (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      )}
      <QueuePanel runs={present} />
      {present.length === 0 && <EmptyRuns />}
      {present.length > 0 && shown.length === 0 && <p className={styles.message}>No run fits the filter.</p>}
      {shown.length > 0 && (
        <RunsTable
          runs={shown}
          settings={differingNames(shown)
            .filter((name) => name !== 'env')
            .slice(0, maxSettings)}
        />
      )}
      {present.length > 0 && <StorageBar runs={present} />}
    </>
  );
}
