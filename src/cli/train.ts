/** `npm run train`: trains in a Chromium of its own and leaves the files of the run in a folder. */
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolveAutomatic } from '../config/derivedSizes.ts';
import { Interrupted, runCommand } from './command.ts';
import { describeFlags } from './flags.ts';
import { followRun } from './followRun.ts';
import { JsonReporter } from './JsonReporter.ts';
import { readBytes } from './readBytes.ts';
import { newRunFolder, openRunFolder, writeRunFiles, writeSavedWeights } from './runFiles.ts';
import { SignalWatch } from './SignalWatch.ts';
import { TextReporter } from './TextReporter.ts';
import type { TrainingPage } from './TrainingPage.ts';
import { readTrainArguments, type TrainOrder } from './trainArguments.ts';
import { trainFlags } from './trainFlags.ts';

export const main = (parameters: readonly string[]): Promise<void> =>
  runCommand(async () => {
    const machine = { hardwareConcurrency: availableParallelism() };
    const order = readTrainArguments(parameters, machine, (path) => readFileSync(path, 'utf8'));
    if (order) await train(order);
    else process.stdout.write(help());
  });

async function train({ hyperparameters: asked, out: folder, isHeaded, isJson }: TrainOrder): Promise<void> {
  const out = folder ?? newRunFolder(asked, new Date());
  const initModel = asked.initModelPath === '' ? null : await readBytes(asked.initModelPath);
  openRunFolder(out, asked);
  const signal = new SignalWatch();
  const page = await signal.unless(openPage(isHeaded));
  const reporter = isJson ? new JsonReporter(print) : new TextReporter({ write: print, columns: terminalWidth() });
  try {
    const hyperparameters = resolveAutomatic(asked, { hardwareConcurrency: await page.hardwareConcurrency() });
    openRunFolder(out, hyperparameters);
    await page.start(hyperparameters, initModel);
    reporter.started({ hyperparameters, out });
    // A page that died has nothing to stop, and following it reports that.
    signal.onReceived(() => void page.stop().catch(() => {}));
    const last = await followRun(page, (news) => {
      for (const { frames, file } of news.savedWeights) writeSavedWeights(out, frames, Buffer.from(file, 'base64'));
      reporter.happened(news);
    });
    const hasLearned = last.updates > 0 || last.state.status !== 'failed';
    const weights = hasLearned ? await page.weights() : null;
    const summary = writeRunFiles(out, { weights, records: await page.records(), summary: last.summary });
    if (summary) reporter.ended(summary);
    if (last.state.status === 'failed') throw new Error(last.state.reason);
    if (signal.received) throw new Interrupted(signal.received);
  } finally {
    reporter.close();
    await page.close();
  }
}

/** What is asked for in vain is refused without loading Playwright, which takes a second. */
async function openPage(isHeaded: boolean): Promise<TrainingPage> {
  const { TrainingPage } = await import('./TrainingPage.ts');
  return TrainingPage.open({ isHeaded });
}

const print = (text: string): void => {
  process.stdout.write(text);
};

const terminalWidth = (): number | null => (process.stdout.isTTY ? process.stdout.columns : null);

const help = (): string =>
  [
    'npm run train -- [flags]',
    '',
    'Trains an agent in a headless Chromium and writes weights.safetensors, config.json, metrics.csv,',
    'episodes.csv and summary.json. Ctrl-C ends the training and keeps what there is.',
    '',
    describeFlags(trainFlags, process.stdout.columns ?? 100),
    '',
  ].join('\n');
