/** Name, colour and note of a run. */
import { useEffect, useId, useRef } from 'react';
import { runStore } from '../../runs/BrowserRunStore.ts';
import type { StoredRun } from '../../runs/RunStore.ts';
import { numColours } from '../../runs/runNames.ts';
import { Button } from '../components/Button.tsx';
import { Store, useStore } from '../store.ts';
import styles from './EditRunDialog.module.css';
import { RunMark } from './RunMark.tsx';
import { report } from './runsActions.ts';

/** The run that is being edited, or null. */
export const editedRunStore = new Store<StoredRun | null>(null);

const colours = Array.from({ length: 3 * numColours }, (_, colour) => colour);

export function EditRunDialog() {
  const run = useStore(editedRunStore);
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    if (run) dialog.current?.showModal();
    else dialog.current?.close();
  }, [run]);
  const save = (form: FormData) => {
    const name = String(form.get('name')).trim();
    const changes = { note: String(form.get('note')).trim(), colour: Number(form.get('colour')) };
    if (run) report(runStore.change(run.id, name === '' ? changes : { ...changes, name }));
    editedRunStore.set(null);
  };
  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby={id} onClose={() => editedRunStore.set(null)}>
      <h2 id={id}>{run?.name}</h2>
      {run && (
        <form key={run.id} action={save}>
          <label>
            <span>Name</span>
            <input name="name" defaultValue={run.name} autoComplete="off" spellCheck={false} required />
          </label>
          <fieldset>
            <legend>Colour</legend>
            {colours.map((colour) => (
              <label key={colour} className={styles.colour}>
                <input
                  type="radio"
                  name="colour"
                  value={colour}
                  defaultChecked={colour === run.colour}
                  aria-label={`Colour ${(colour % numColours) + 1}, dash ${Math.floor(colour / numColours) + 1}`}
                />
                <RunMark colour={colour} />
              </label>
            ))}
          </fieldset>
          <label>
            <span>Note</span>
            <textarea name="note" defaultValue={run.note} rows={3} />
          </label>
          <div className={styles.buttons}>
            <Button onClick={() => editedRunStore.set(null)}>Cancel</Button>
            <Button type="submit">Save</Button>
          </div>
        </form>
      )}
    </dialog>
  );
}
