/** What is inside an archive, before it is stored. */
import type { OpenedArchive } from '../../runs/archive.ts';
import { Button } from '../components/Button.tsx';
import { Dialog, DialogButtons } from '../components/Dialog.tsx';
import { bytes, compact, count, duration, fixed } from '../format.ts';
import { useStore } from '../store.ts';
import styles from './ImportDialog.module.css';
import { openedArchiveStore, storeArchive } from './importStore.ts';
import { bestEvaluation } from './runFacts.ts';
import { statusLook } from './statusLook.ts';
import { weightsKinds } from './weightsKinds.ts';

export function ImportDialog() {
  const archive = useStore(openedArchiveStore);
  if (!archive) return null;
  const close = () => openedArchiveStore.set(null);
  return (
    <Dialog title={`Import ${archive.run.name}`} onClose={close}>
      <Contents archive={archive} />
      <DialogButtons>
        <Button onClick={close}>Cancel</Button>
        <Button onClick={storeArchive}>Import run</Button>
      </DialogButtons>
    </Dialog>
  );
}

function Contents({ archive }: { readonly archive: OpenedArchive }) {
  const { run, curves, files, sizeBytes } = archive;
  const best = bestEvaluation(run);
  const rows: readonly (readonly [string, string])[] = [
    ['Environment', run.hyperparameters.env],
    ['State', statusLook[run.status].word],
    ['Trained', `${compact(run.frames)} env steps in ${duration(run.seconds)}`],
    ['Curves', `${count(curves.episodes.frames.length, 'episode')}, ${count(curves.metrics.frames.length, 'row')}`],
    ['Best evaluation', best ? `${fixed(best.iqm, 1)} IQM of ${count(best.episodes, 'episode')}` : 'none'],
    [
      'Weights',
      run.weights.map(({ kind, frames }) => `${weightsKinds[kind]} (${compact(frames)})`).join(', ') || 'none',
    ],
    ['Checkpoint', run.checkpoint ? `at ${compact(run.checkpoint.frames)}; can be resumed` : 'none'],
    ['Size', bytes(sizeBytes)],
  ];
  return (
    <>
      <dl className={styles.facts}>
        {rows.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p>✓ All {count(Object.keys(files).length, 'file')} have the size and SHA-256 they were exported with.</p>
    </>
  );
}
