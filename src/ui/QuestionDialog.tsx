import { useEffect, useRef } from 'react';
import { Button } from './components/Button.tsx';
import styles from './QuestionDialog.module.css';
import { questionStore } from './questions.ts';
import { useStore } from './store.ts';

export function QuestionDialog() {
  const question = useStore(questionStore);
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (question) dialog.current?.showModal();
    else dialog.current?.close();
  }, [question]);
  return (
    <dialog
      ref={dialog}
      className={styles.dialog}
      aria-labelledby="question-title"
      onClose={() => questionStore.get()?.answer(false)}
    >
      <h2 id="question-title">{question?.title}</h2>
      <p>{question?.text}</p>
      <div className={styles.buttons}>
        <Button onClick={() => question?.answer(false)}>Cancel</Button>
        <Button look="danger" onClick={() => question?.answer(true)}>
          {question?.yes}
        </Button>
      </div>
    </dialog>
  );
}
