/** What the buttons do to a run. */
import type { Hyperparameters } from '../config/hyperparameters.ts';
import { metricsCsv } from '../runs/metricsCsv.ts';
import type { Agent, Evaluation, RunSummary } from '../trainer/run.ts';
import { currentHyperparameters, openAgent } from '../trainer/session.ts';
import { compact, count, fixed } from './format.ts';
import { alertStore, announce, messageOf } from './notices.ts';
import { goTo } from './routes.ts';
import { saveFile } from './saveFile.ts';
import type { WeightsFile } from './setup/initialWeights.ts';

/** Opens an agent in place of the present one, shows it, and trains it. Problems become an alert. */
export function startRun(hyperparameters: Hyperparameters, initialWeights: WeightsFile | null): void {
  const agent = open(hyperparameters);
  if (!agent) return;
  announce('Training started.');
  agent.train(initialWeights ? { initModel: initialWeights.contents } : {}).then(announceEnd, (error: unknown) => {
    // A run that failed says so itself, with what is kept of it; anything else must not get lost.
    if (agent.state.status !== 'failed') alertStore.set(messageOf(error));
    announce('Training failed.');
  });
}

const announceEnd = (summary: RunSummary): void =>
  announce(
    summary.evaluation
      ? `Training finished. Final evaluation: ${fixed(summary.evaluation.iqm, 1)}.`
      : `Training stopped after ${compact(summary.frames)} steps.`,
  );

function open(hyperparameters: Hyperparameters): Agent | null {
  alertStore.set(null);
  try {
    const agent = openAgent(hyperparameters);
    goTo('train');
    return agent;
  } catch (error) {
    alertStore.set(messageOf(error));
    return null;
  }
}

/** Plays greedy episodes with the weights of a file, without training. The form says for which environment and network. */
export function evaluateFile(file: WeightsFile, hyperparameters: Hyperparameters): void {
  const agent = open(hyperparameters);
  if (!agent) return;
  try {
    agent.load(file.contents);
  } catch (error) {
    alertStore.set(`${file.name}: ${messageOf(error)}`);
    goTo('configure');
    return;
  }
  evaluate(agent, hyperparameters.numFinalEvalEpisodes);
}

/** Plays greedy episodes with the present weights. */
export function evaluate(agent: Agent, numEvalEpisodes: number): void {
  agent.eval({ numEvalEpisodes }).then(announceEvaluation, (error: unknown) => alertStore.set(messageOf(error)));
}

const announceEvaluation = (evaluation: Evaluation): void =>
  announce(`Evaluation over ${count(evaluation.episodes, 'episode')}: ${fixed(evaluation.iqm, 1)}.`);

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

export const downloadMetrics = (agent: Agent): void =>
  saveFile(`${fileStem()}-metrics.csv`, metricsCsv(agent.record), 'text/csv');

export const downloadConfiguration = (): void =>
  saveFile(`${fileStem()}-config.json`, `${JSON.stringify(currentHyperparameters(), null, 2)}\n`, 'application/json');
