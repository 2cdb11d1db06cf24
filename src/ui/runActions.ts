/** What the buttons do to a run. */
import type { Hyperparameters } from '../config/hyperparameters.ts';
import { runStore } from '../runs/BrowserRunStore.ts';
import { metricsCsv } from '../runs/metricsCsv.ts';
import { RunKeeper } from '../runs/RunKeeper.ts';
import type { StoredRun } from '../runs/RunStore.ts';
import { readResumption } from '../runs/resumption.ts';
import { startingRun } from '../runs/startingRun.ts';
import type { Agent, RunSummary, SavedWeights, TrainOptions } from '../trainer/run.ts';
import { currentAgent, openAgent } from '../trainer/session.ts';
import { compact, count, fixed } from './format.ts';
import { alertStore, announce, messageOf } from './notices.ts';
import { askWhether, type Question } from './questions.ts';
import { goTo, readRoute } from './routes.ts';
import { keptRunStore } from './runs/runsStore.ts';
import { saveFile } from './saveFile.ts';
import { isBusy } from './session.ts';
import { type WeightsFile, withShapeOf } from './setup/initialWeights.ts';
import { Store } from './store.ts';

/** Opens an agent in place of the present one, shows it, trains it, and keeps what it records. Problems become an alert. */
export const startRun = (hyperparameters: Hyperparameters, initialWeights: WeightsFile | null): Promise<void> =>
  trainAndKeep(async () => ({
    run: startingRun(hyperparameters, 'training', await runStore.list().catch(() => [])),
    options: initialWeights ? { initModel: initialWeights.contents } : {},
  }));

/** Goes on with a stored run where its checkpoint is. */
export const resumeRun = (run: StoredRun): Promise<void> =>
  trainAndKeep(async () => {
    const { run: resumed, resumeFrom } = await readResumption(runStore, run);
    return { run: resumed, options: { resumeFrom } };
  });

/** Starts a run that waited in the queue. It is shown only to those who watch the one before it. */
export function startQueuedRun(run: StoredRun): Promise<void> {
  const { view, part } = readRoute(location.hash);
  const isWatching = view === 'train' && (part === '' || part === keptRunStore.get());
  return trainAndKeep(async () => ({ run: { ...run, createdAt: Date.now() }, options: {} }), isWatching);
}

/** Writes down what the present agent records; null where nothing can be stored. */
let keeper: RunKeeper | null = null;

/** Has everything of a run stored that is in memory, if it is the present one. */
export async function writeDown(id: string): Promise<void> {
  if (keeper?.runId === id) await keeper.write();
}

/**
 * How the end of the present run is stored; files take a moment longer than the last update. `retrying`: there was no room, or no access, and
 * it is tried again and again; `impossible`: this browser stores nothing. `stored` also where nothing is to be stored.
 */
export const endStoreStore = new Store<'stored' | 'storing' | 'retrying' | 'impossible'>('stored');

const retryMs = 3000;

interface Plan {
  readonly run: StoredRun;
  readonly options: TrainOptions;
}

/** From the click to the first worker: the second click of a double one must not begin another run. */
let isBeginning = false;

async function trainAndKeep(plan: () => Promise<Plan>, isShown = true): Promise<void> {
  if (isBeginning) return;
  isBeginning = true;
  const begun = await begin(plan, isShown).finally(() => {
    isBeginning = false;
  });
  if (!begun) return;
  const { agent, training } = begun;
  try {
    announceEnd(await training);
  } catch (error) {
    // A run that failed says so itself, with what is kept of it; anything else must not get lost.
    if (agent === currentAgent() && agent.state.status !== 'failed') alertStore.set(messageOf(error));
  }
  await storeEnd(agent);
}

/** Writes until all of it is written, or another agent takes the place of this one. */
async function storeEnd(agent: Agent): Promise<void> {
  while (agent === currentAgent() && keeper) {
    problem = null;
    await keeper.write();
    if (agent !== currentAgent()) return;
    if (problem === null) {
      endStoreStore.set('stored');
      if (alertStore.get() === problemTold) alertStore.set(null);
      return;
    }
    endStoreStore.set('retrying');
    await new Promise((resolve) => setTimeout(resolve, retryMs));
  }
}

/** Why the last write failed, or null; and the alert about it, which is not raised again once it was dismissed. */
let problem: string | null = null;
let problemTold: string | null = null;

function tellOfProblem(message: string): void {
  problem = message;
  const alert = `The run could not be stored: ${message} Delete runs in Runs to make room, or download its weights before you leave.`;
  if (alert === problemTold) return;
  problemTold = alert;
  alertStore.set(alert);
}

/** Null where the run cannot begin, or is not to. */
async function begin(
  plan: () => Promise<Plan>,
  isShown: boolean,
): Promise<{ agent: Agent; training: Promise<RunSummary> } | null> {
  try {
    const { run, options } = await plan();
    const agent = await open(run.hyperparameters);
    if (!agent) return null;
    await keep(agent, run);
    if (isShown) goTo('train', keptRunStore.get() ?? '');
    announce(options.resumeFrom ? 'Training resumed.' : 'Training started.');
    return { agent, training: agent.train(options) };
  } catch (error) {
    alertStore.set(messageOf(error));
    return null;
  }
}

/** Where nothing can be stored an alert says so, and the run goes on. */
async function keep(agent: Agent, run: StoredRun): Promise<void> {
  try {
    problemTold = null;
    keeper = await RunKeeper.begin(runStore, agent, run, tellOfProblem);
    keptRunStore.set(run.id);
    endStoreStore.set('storing');
  } catch (error) {
    endStoreStore.set('impossible');
    alertStore.set(messageOf(error));
  }
}

const announceEnd = (summary: RunSummary): void =>
  announce(
    summary.evaluation
      ? `Training finished. Final evaluation: ${fixed(summary.evaluation.iqm, 1)}.`
      : `Training stopped after ${compact(summary.frames)} steps.`,
  );

/** Null where the settings have problems, or the run under way is to go on. */
async function open(hyperparameters: Hyperparameters): Promise<Agent | null> {
  alertStore.set(null);
  if (currentAgent() && isBusy(currentAgent()!.state) && !(await askWhether(endPresentRun))) return null;
  try {
    const agent = openAgent(hyperparameters);
    keptRunStore.set(null); // At once: what the new agent has is not of the run before it.
    endStoreStore.set('stored');
    const before = keeper;
    keeper = null;
    await before?.end();
    return agent;
  } catch (error) {
    alertStore.set(messageOf(error));
    return null;
  }
}

const endPresentRun: Question = {
  title: 'End the run under way?',
  text: 'One run goes on at a time. The present one ends; it is kept among the runs, and can be resumed from there.',
  yes: 'End it and start',
};

/**
 * Plays greedy episodes with the weights of a file, without training. The file says for which environment and network it was
 * made; for one that another program wrote, the form does.
 */
export async function evaluateFile(file: WeightsFile, form: Hyperparameters): Promise<void> {
  const hyperparameters = file.hyperparameters ? withShapeOf(file.hyperparameters, form) : form;
  const agent = await open(hyperparameters);
  if (!agent) return;
  try {
    agent.load(file.contents);
  } catch (error) {
    alertStore.set(`${file.name}: ${messageOf(error)}`);
    goTo('configure');
    return;
  }
  goTo('train');
  await evaluate(agent, hyperparameters.numFinalEvalEpisodes);
}

/** How many evaluations asked for by hand are under way. */
export const evaluationsUnderWay = new Store(0);

/** Plays greedy episodes with the present weights. */
export async function evaluate(agent: Agent, numEvalEpisodes: number): Promise<void> {
  evaluationsUnderWay.update((n) => n + 1);
  try {
    const { episodes, iqm } = await agent.eval({ numEvalEpisodes });
    announce(`Evaluation over ${count(episodes, 'episode')}: ${fixed(iqm, 1)}.`);
  } catch (error) {
    if (agent === currentAgent()) alertStore.set(messageOf(error));
  } finally {
    evaluationsUnderWay.update((n) => n - 1);
  }
}

/** @param stem the name that the files of a run begin with; so below */
export function downloadWeights(agent: Agent, stem: string): void {
  try {
    saveFile(`${stem}.safetensors`, agent.weights(), 'application/octet-stream');
  } catch (error) {
    alertStore.set(messageOf(error));
  }
}

export const downloadSavedWeights = ({ frames, file }: SavedWeights, stem: string): void =>
  saveFile(`${stem}-${frames}.safetensors`, file, 'application/octet-stream');

export const downloadMetrics = (agent: Agent, stem: string): void =>
  saveFile(`${stem}-metrics.csv`, metricsCsv(agent.record), 'text/csv');

export const downloadConfiguration = (h: Hyperparameters, stem: string): void =>
  saveFile(`${stem}-config.json`, `${JSON.stringify(h, null, 2)}\n`, 'application/json');
