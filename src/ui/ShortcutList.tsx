import { Button } from './components/Button.tsx';
import { Dialog, DialogButtons } from './components/Dialog.tsx';
import styles from './ShortcutList.module.css';
import { activeShortcutsStore, shortcutListStore, shortcutsAreOnStore } from './shortcuts.ts';
import { useStore } from './store.ts';

/** Those that hold everywhere. */
const always = [
  { name: 'G C', does: 'Go to Configure' },
  { name: 'G T', does: 'Go to Train' },
  { name: 'G R', does: 'Go to Runs' },
  { name: 'G E', does: 'Go to Evaluate' },
  { name: 'Ctrl K', does: 'Search for a screen, an action or a run' },
  { name: 'Ctrl Enter', does: 'Start training (in Configure)' },
  { name: '?', does: 'Show this list' },
];

/** What single keys do at this moment, and the switch that turns them off. */
export function ShortcutList() {
  const active = useStore(activeShortcutsStore);
  const areOn = useStore(shortcutsAreOnStore);
  const close = () => shortcutListStore.set(false);
  return (
    <Dialog title="Keyboard" onClose={close}>
      <dl className={styles.list}>
        {[...active, ...always].map(({ name, does }) => (
          <div key={name}>
            <dt>
              <kbd>{name}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <label>
        <input
          type="checkbox"
          checked={areOn}
          onChange={(event) => shortcutsAreOnStore.set(event.currentTarget.checked)}
        />{' '}
        Single keys act
      </label>
      <DialogButtons>
        <Button onClick={close}>Close</Button>
      </DialogButtons>
    </Dialog>
  );
}
