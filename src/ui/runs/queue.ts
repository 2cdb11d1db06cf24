/**
 * Runs that wait: they are stored, and one after another is started when the one before it ends. The queue outlasts a reload, but
 * opening the page starts nothing; somebody has to.
 */
import type { Hyperparameters } from '../../config/hyperparameters.ts';
import { runStore } from '../../runs/BrowserRunStore.ts';
import type { StoredRun } from '../../runs/RunStore.ts';
import { startingRun } from '../../runs/startingRun.ts';
import { currentAgent, subscribeToSession } from '../../trainer/session.ts';
import { alertStore, announce, messageOf } from '../notices.ts';
import { startQueuedRun } from '../runActions.ts';
import { isBusy } from '../session.ts';

/** Whether this tab goes on to the next run by itself. */
let isGoing = false;
let isStarting = false;

/** The queued ones of some runs, first come first. */
export const inOrder = (runs: readonly StoredRun[]): StoredRun[] =>
  runs.filter(({ status }) => status === 'queued').toSorted((a, b) => a.createdAt - b.createdAt);

/** Puts runs at the end of the queue, and starts it. */
export async function queueRuns(settings: readonly Hyperparameters[]): Promise<void> {
  const runs = [...(await runStore.list())];
  const now = Date.now();
  for (const [i, h] of settings.entries()) {
    const run = startingRun(h, 'queued', runs, now + i); // The order of the queue is that of their times.
    await runStore.put(run);
    runs.push(run);
  }
  startQueue();
}

/** Starts the first run as soon as none is under way, and goes on to the others. */
export function startQueue(): void {
  isGoing = true;
  const agent = currentAgent();
  if (agent && isBusy(agent.state)) attend();
  else void startNext();
}

export async function cancelQueue(): Promise<void> {
  isGoing = false;
  for (const { id } of inOrder(await runStore.list())) await runStore.delete(id);
  announce('The queue is empty.');
}

/** Waits for the present run, if it has not ended yet. */
function attend(): void {
  const agent = currentAgent();
  if (!agent || (!isBusy(agent.state) && agent.state.status !== 'idle')) {
    void startNext();
    return;
  }
  const end = agent.subscribe(() => {
    if (isBusy(agent.state)) return;
    end();
    if (isGoing && agent === currentAgent()) void startNext();
  });
}

async function startNext(): Promise<void> {
  if (!isGoing || isStarting) return;
  isStarting = true;
  try {
    const [next] = inOrder(await runStore.list());
    isGoing = next !== undefined;
    if (next) await startQueuedRun(next);
    // One that still waits could not begin, and would not the next time either; an alert says why.
    if (next && (await runStore.get(next.id))?.status === 'queued') isGoing = false;
  } catch (error) {
    isGoing = false;
    alertStore.set(messageOf(error));
  } finally {
    isStarting = false;
  }
  if (isGoing) attend();
}

subscribeToSession(() => {
  if (isGoing && !isStarting) attend();
});
