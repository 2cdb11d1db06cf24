/** What the Runs screen does to stored runs. Whatever goes wrong becomes an alert. */
import { runStore } from '../../runs/BrowserRunStore.ts';
import type { StoredRun, WeightsEntry } from '../../runs/RunStore.ts';
import { count } from '../format.ts';
import { alertStore, announce, messageOf } from '../notices.ts';
import { goTo } from '../routes.ts';
import { writeDown } from '../runActions.ts';
import { fileNameOf, saveFile } from '../saveFile.ts';
import { initialForm } from '../setup/formState.ts';
import { formStore } from '../setup/formStore.ts';
import { Store } from '../store.ts';
import { showToast } from '../toasts.ts';

/** The page needs no zip before somebody exports or imports one. */
export const loadArchives = () => import('../../runs/archive.ts');

/** Ids of the runs that are about to be deleted: not shown any more, and still there. */
export const leavingStore = new Store<ReadonlySet<string>>(new Set());

const undoMs = 10_000;

export const report = (action: Promise<unknown>): void => {
  action.catch((error: unknown) => alertStore.set(messageOf(error)));
};

/** Takes runs off the list, and deletes them unless that is undone within ten seconds. One that is under way stays. */
export function deleteRuns(chosen: readonly StoredRun[]): void {
  const runs = chosen.filter(({ status }) => status !== 'training');
  if (runs.length === 0) return;
  const ids = runs.map(({ id }) => id);
  const forget = () => leavingStore.update((leaving) => new Set([...leaving].filter((id) => !ids.includes(id))));
  leavingStore.update((leaving) => new Set([...leaving, ...ids]));
  const timer = setTimeout(() => report(Promise.all(ids.map((id) => runStore.delete(id))).finally(forget)), undoMs);
  showToast({
    text: runs.length === 1 ? `${runs[0]!.name} is deleted.` : `${count(runs.length, 'run')} are deleted.`,
    action: 'Undo',
    lastsMs: undoMs,
    onAction: () => {
      clearTimeout(timer);
      forget();
      announce('Deletion undone.');
    },
  });
}

/** Shows runs over one another. */
export const compareRuns = (runs: readonly StoredRun[]): void =>
  goTo('runs', 'compare', `ids=${runs.map(({ id }) => id).join(',')}`);

/** Puts the settings of a run into the form, to be changed there. */
export function duplicateRun({ hyperparameters }: StoredRun): void {
  formStore.set({ ...initialForm, values: hyperparameters });
  goTo('configure');
  announce('The settings of the run are in the form.');
}

export async function downloadNewestWeights(run: StoredRun): Promise<void> {
  const entry = run.weights.find(({ kind }) => kind === 'latest') ?? run.weights.at(-1);
  if (!entry) throw new Error(`No weights of "${run.name}" are stored.`);
  await downloadStoredWeights(run, entry);
}

export async function downloadStoredWeights(run: StoredRun, entry: WeightsEntry): Promise<void> {
  const file = await runStore.readWeights(run.id, entry);
  saveFile(`${fileNameOf(run.name)}-${entry.frames}.safetensors`, file, 'application/octet-stream');
}

/** As they are now: what the page knows of a run may be some moments old. */
export async function exportRuns(runs: readonly StoredRun[]): Promise<void> {
  const { encodeArchive } = await loadArchives();
  for (const { id, name } of runs) {
    await writeDown(id);
    const run = await runStore.get(id);
    if (!run) throw new Error(`The run "${name}" is no longer stored.`);
    saveFile(`${fileNameOf(run.name)}.pronk.zip`, await encodeArchive(runStore, run), 'application/zip');
  }
  announce(`${count(runs.length, 'run')} exported.`);
}
