/** Name, colour and note of a run. */
import { runStore } from '../../runs/BrowserRunStore.ts';
import type { StoredRun } from '../../runs/RunStore.ts';
import { numColours } from '../../runs/runNames.ts';
import { Button } from '../components/Button.tsx';
import { Dialog, DialogButtons } from '../components/Dialog.tsx';
import { Store, useStore } from '../store.ts';
import styles from './EditRunDialog.module.css';
import { RunMark } from './RunMark.tsx';
import { report } from './runsActions.ts';

/** The run that is being edited, or null. */
export const editedRunStore = new Store<StoredRun | null>(null);

const colours = Array.from({ length: 3 * numColours }, (_, colour) => colour);

export function EditRunDialog() {
  const run = useStore(editedRunStore);
  if (!run) return null;
  const close = () => editedRunStore.set(null);
  const save = (form: FormData) => {
    const name = String(form.get('name')).trim();
    const changes = { note: String(form.get('note')).trim(), colour: Number(form.get('colour')) };
    report(runStore.change(run.id, name === '' ? changes : { ...changes, name }));
    close();
  };
  return (
    <Dialog title={run.name} onClose={close}>
      <form className={styles.form} action={save}>
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
        <DialogButtons>
          <Button onClick={close}>Cancel</Button>
          <Button type="submit">Save</Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}
