/** Questions that need an answer before something is lost. */
import { Store } from './store.ts';

export interface Question {
  readonly title: string;
  readonly text: string;
  /** What the button says that goes ahead. */
  readonly yes: string;
}

interface OpenQuestion extends Question {
  readonly answer: (yes: boolean) => void;
}

export const questionStore = new Store<OpenQuestion | null>(null);

/** Asks in a dialog. A question still open counts as answered with no. */
export function askWhether(question: Question): Promise<boolean> {
  questionStore.get()?.answer(false);
  return new Promise((resolve) => {
    const answer = (yes: boolean) => {
      questionStore.set(null);
      resolve(yes);
    };
    questionStore.set({ ...question, answer });
  });
}
