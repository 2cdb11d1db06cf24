import { Button } from './components/Button.tsx';
import { Dialog, DialogButtons } from './components/Dialog.tsx';
import { questionStore } from './questions.ts';
import { useStore } from './store.ts';

export function QuestionDialog() {
  const question = useStore(questionStore);
  if (!question) return null;
  const { title, text, yes, answer } = question;
  return (
    <Dialog title={title} onClose={() => answer(false)}>
      <p>{text}</p>
      <DialogButtons>
        <Button onClick={() => answer(false)}>Cancel</Button>
        <Button look="danger" onClick={() => answer(true)}>
          {yes}
        </Button>
      </DialogButtons>
    </Dialog>
  );
}
