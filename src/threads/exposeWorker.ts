/** The worker's end of a thread. */
import { expose } from 'comlink';
import { requestLock } from './requestLock.ts';

/** Every worker answers this besides its own calls. */
export interface Lifeline {
  /** Resolves once the worker holds its lifeline: a Web Lock of the worker's name, which the browser frees when it dies, however it dies. */
  holdLifeline(): Promise<void>;
}

/** Makes the functions of a worker callable from the page, and its unhandled rejections visible there as errors. */
export function exposeWorker<Api extends object>(api: Api): void {
  self.addEventListener('unhandledrejection', (event) => {
    event.preventDefault();
    reportError(event.reason);
  });
  const holdLifeline = () =>
    new Promise<void>((resolve, reject) => {
      const held = requestLock(self.name, () => {
        resolve();
        return new Promise(() => {}); // Held for as long as the worker lives.
      });
      held.catch(reject);
    });
  expose({ ...api, holdLifeline } satisfies Lifeline);
}
