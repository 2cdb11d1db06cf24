/** What the buttons do to a run. */
import type { Hyperparameters } from '../config/hyperparameters.ts';
import { metricsCsv } from '../runs/metricsCsv.ts';
import type { Agent, RunSummary, SavedWeights } from '../trainer/run.ts';
import { currentAgent, currentHyperparameters, openAgent } from '../trainer/session.ts';
import { compact, count, fixed } from './format.ts';
import { alertStore, announce, messageOf } from './notices.ts';
import { askWhether, type Question } from './questions.ts';
import { goTo } from './routes.ts';
import { saveFile } from './saveFile.ts';
import { isBusy } from './session.ts';
import { type WeightsFile, withShapeOf } from './setup/initialWeights.ts';
import { Store } from './store.ts';

/** Opens an agent in place of the present one, shows it, and trains it. Problems become an alert. */
export async function startRun(hyperparameters: Hyperparameters, initialWeights: WeightsFile | null): Promise<void> {
  const agent = await open(hyperparameters);
  if (!agent) return;
  announce('Training started.');
  try {
    announceEnd(await agent.train(initialWeights ? { initModel: initialWeights.contents } : {}));
  } catch (error) {
    // A run that failed says so itself, with what is kept of it; anything else must not get lost.
    if (agent === currentAgent() && agent.state.status !== 'failed') alertStore.set(messageOf(error));
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
    goTo('train');
    return agent;
  } catch (error) {
    alertStore.set(messageOf(error));
    return null;
  }
}

const endPresentRun: Question = {
  title: 'End the run under way?',
  text: 'One run goes on at a time. The present one ends, and its curves and weights are gone unless you download them first.',
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

/** The name that a run's files begin with. */
const fileStem = (): string => {
  const h = currentHyperparameters();
  return h ? `${h.tag}-${h.env}`.replace(/[^\p{L}\p{N}._-]+/gu, '_') : 'run';
};

export function downloadWeights(agent: Agent): void {
  try {
    saveFile(`${fileStem()}.safetensors`, agent.weights(), 'application/octet-stream');
  } catch (error) {
    alertStore.set(messageOf(error));
  }
}

export const downloadSavedWeights = ({ frames, file }: SavedWeights): void =>
  saveFile(`${fileStem()}-${frames}.safetensors`, file, 'application/octet-stream');

export const downloadMetrics = (agent: Agent): void =>
  saveFile(`${fileStem()}-metrics.csv`, metricsCsv(agent.record), 'text/csv');

export const downloadConfiguration = (): void =>
  saveFile(`${fileStem()}-config.json`, `${JSON.stringify(currentHyperparameters(), null, 2)}\n`, 'application/json');
