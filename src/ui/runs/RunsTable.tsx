/** The runs in rows: what each is, how far it came, and what tells it apart from the others. */
import { ArrowDown, ArrowUp } from 'lucide-react';
import type { ReactNode } from 'react';
import { type HyperparameterName, specOf } from '../../config/hyperparameters.ts';
import type { StoredRun } from '../../runs/RunStore.ts';
import { ScrollRegion } from '../components/ScrollRegion.tsx';
import { useStore } from '../store.ts';
import { RunRow } from './RunRow.tsx';
import styles from './RunsTable.module.css';
import { type SortKey, sortedBy } from './runSort.ts';
import { selectionStore, sortingStore } from './runsView.ts';

interface Props {
  /** In the order to show. */
  readonly runs: readonly StoredRun[];
  /** Settings to show a column of. */
  readonly settings: readonly HyperparameterName[];
}

export function RunsTable({ runs, settings }: Props) {
  const selection = useStore(selectionStore);
  const areAllSelected = runs.length > 0 && runs.every(({ id }) => selection.has(id));
  const selectAll = () => selectionStore.set(new Set(areAllSelected ? [] : runs.map(({ id }) => id)));
  return (
    <ScrollRegion className={styles.scroll} label="Table of runs">
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col" className={styles.check}>
              <label className={styles.target}>
                <input type="checkbox" checked={areAllSelected} onChange={selectAll} aria-label="Mark all runs" />
              </label>
            </th>
            <SortableHead of="name">Run</SortableHead>
            <SortableHead of="status">State</SortableHead>
            <SortableHead of="env">Environment</SortableHead>
            <SortableHead of="algorithm">Algorithm</SortableHead>
            {settings.map((name) => (
              <SortableHead key={name} of={`h.${name}`} isNumber={specOf(name).kind === 'number'}>
                {specOf(name).label}
              </SortableHead>
            ))}
            <SortableHead of="best" isNumber>
              Best evaluation
            </SortableHead>
            <th scope="col">Return</th>
            <SortableHead of="seconds" isNumber>
              Time
            </SortableHead>
            <SortableHead of="sizeBytes" isNumber>
              Size
            </SortableHead>
            <SortableHead of="createdAt" isNumber>
              Begun
            </SortableHead>
            <th scope="col">
              <span className="visually-hidden">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <RunRow key={run.id} run={run} shown={runs} settings={settings} isSelected={selection.has(run.id)} />
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

interface HeadProps {
  readonly of: SortKey;
  readonly isNumber?: boolean;
  readonly children: ReactNode;
}

function SortableHead({ of, isNumber, children }: HeadProps) {
  const sorting = useStore(sortingStore);
  const isChosen = sorting.key === of;
  const Arrow = sorting.isDescending ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      aria-sort={isChosen ? (sorting.isDescending ? 'descending' : 'ascending') : undefined}
      className={isNumber ? styles.number : undefined}
    >
      <button type="button" onClick={() => sortingStore.update((now) => sortedBy(now, of))}>
        {children}
        {isChosen && <Arrow size={12} aria-hidden="true" />}
      </button>
    </th>
  );
}
