/** All files of a source. Those of the policy and of its curves are made at once, so that their sizes are known before anybody downloads one. */
import { type Zippable, zipSync } from 'fflate';
import type { Hyperparameters } from '../../config/hyperparameters.ts';
import { findEnv } from '../../envs/registry.ts';
import { type ExportedPolicy, readExportedPolicy } from '../../exports/exportedPolicy.ts';
import { encodeHtmlPage } from '../../exports/htmlPage.ts';
import pagePlayerUrl from '../../exports/pagePlayer.ts?worker&url';
import playPy from '../../exports/play.py?raw';
import { encodeTensorBoard, tensorBoardFileName } from '../../exports/tensorBoardEvents.ts';
import { type WeightFormat, weightFormats } from '../../exports/weightFormats.ts';
import { episodesCsv, metricsCsv } from '../../runs/metricsCsv.ts';
import { sha256 } from '../../runs/sha256.ts';
import type { RunRecord } from '../../trainer/run.ts';
import { chartViewStore } from '../charts/chartContext.ts';
import { chartSettingsStore } from '../charts/chartSettingsStore.ts';
import { drawFigure } from '../charts/drawFigure.ts';
import type { Figure } from '../charts/figure.ts';
import { runCharts } from '../charts/runCharts.ts';
import { RunSeries } from '../charts/runSeries.ts';
import { alertStore, messageOf } from '../notices.ts';
import type { RunWeights } from '../runs/runWeights.ts';
import { fileNameOf, saveFile } from '../saveFile.ts';
import { type ExportFile, fileOf, jsonFile, textFile } from './exportFile.ts';
import { outcomeOf } from './runOutcome.ts';

export interface WeightFile extends ExportFile {
  readonly format: Pick<WeightFormat, 'id' | 'label'>;
}

export interface PreparedExport {
  readonly source: RunWeights;
  readonly policy: ExportedPolicy;
  /** Env steps that the weights were learned from. */
  readonly frames: number;
  /** What the names of its files begin with. */
  readonly stem: string;
  readonly weights: readonly WeightFile[];
  /** Of the run rather than of the policy. */
  readonly record: readonly ExportFile[];
  /** Every set of weights that is kept of the run, and its checkpoint. */
  readonly kept: readonly ExportFile[];
  readonly charts: readonly ChartFile[];
  readonly sha256: string;
}

export interface ChartFile {
  readonly file: ExportFile;
  readonly figure: Figure;
  readonly svg: string;
}

/** Rejects, with a sentence to show, if the weights are gone or broken. */
export async function prepareExport(source: RunWeights): Promise<PreparedExport> {
  const frames = source.frames();
  const policy = readExportedPolicy(await source.read());
  const stem = fileNameOf(`${source.name}-${policy.hyperparameters.env}`);
  const pages = await htmlFiles(policy, source.name, stem);
  // Nothing is waited for from here to the end of the files: a record in memory goes on growing.
  const { createdAt, record, evaluations, facts, keptFiles } = await outcomeOf(source, policy.hyperparameters);
  return {
    source,
    policy,
    frames,
    stem,
    weights: [
      ...weightFormats.map((format) => ({
        format,
        ...fileOf(`${stem}${format.ending}`, format.encode(policy), format.doc),
      })),
      ...pages,
    ],
    record: [
      playPyFile,
      jsonFile(
        'config.json',
        policy.hyperparameters,
        'Every setting of the run. Configure › Import fills the form with it.',
      ),
      jsonFile(
        'run-facts.json',
        facts,
        'State, engine, counts, changes and log of the run. For people and any reader of JSON.',
      ),
      jsonFile(
        'evaluations.json',
        evaluations,
        'Every evaluation, with the return of each episode. Any reader of JSON.',
      ),
      textFile(
        'metrics.csv',
        metricsCsv(record),
        'Losses, rates and queues over time. Spreadsheets and pandas read it.',
      ),
      textFile('episodes.csv', episodesCsv(record), 'Every finished episode. Spreadsheets and pandas read it.'),
      fileOf(
        tensorBoardFileName({ createdAt }),
        encodeTensorBoard({ ...record, evaluations, createdAt }),
        'Metrics, episodes and evaluations for TensorBoard: tensorboard --logdir, and the folder it lies in.',
      ),
    ],
    kept: keptFiles,
    charts: chartFiles(policy.hyperparameters, record, source.name),
    sha256: await sha256(policy.file),
  };
}

/** The charts of the whole run, drawn as Train draws them now. */
function chartFiles(hyperparameters: Hyperparameters, record: RunRecord, runName: string): ChartFile[] {
  const view = chartViewStore.get();
  const { spec: env } = findEnv(hyperparameters.env);
  const run = { hyperparameters, env, series: new RunSeries(() => record, view.smoothing) };
  return runCharts(run, runName, view, chartSettingsStore.get()).map(({ title, stem, figure }) => {
    const svg = drawFigure(figure);
    return { file: textFile(`charts/${stem}.svg`, svg, `${title}. Browsers and vector editors show it.`), figure, svg };
  });
}

/** None in development, where modules are not bundled: a page of its own cannot import them. */
async function htmlFiles(policy: ExportedPolicy, name: string, stem: string): Promise<WeightFile[]> {
  if (import.meta.env.DEV) return [];
  const response = await fetch(pagePlayerUrl);
  if (!response.ok) throw new Error('The player for the web page could not be loaded. Reload the page and try again.');
  const contents = encodeHtmlPage(policy, name, await response.text());
  const doc = 'One file that plays the policy in any browser: weights, environment and drawing inside, no network.';
  return [{ format: { id: 'html', label: 'Web page' }, ...fileOf(`${stem}.html`, contents, doc) }];
}

/** The program that plays any weights file in Python. */
export const playPyFile = textFile('play.py', playPy, 'Plays the safetensors file with PyTorch in Gymnasium.');

/** Hands a file to the browser's downloads; one that is gone becomes an alert. */
export const download = (file: ExportFile): void => tell(saving(file));

export const downloadZip = (stem: string, files: readonly ZippedFile[]): void =>
  tell(zipOf(files).then((zip) => saveFile(`${stem}.zip`, zip, 'application/zip')));

async function saving({ name, read }: ExportFile): Promise<void> {
  saveFile(name, await read(), 'application/octet-stream');
}

const tell = (work: Promise<void>): void => {
  alertStore.set(null);
  work.catch((error: unknown) => alertStore.set(messageOf(error)));
};

type ZippedFile = Pick<ExportFile, 'name' | 'read'>;

/** Files in one zip. Weights are noise to a compressor, so they are stored as they are. */
async function zipOf(files: readonly ZippedFile[]): Promise<Uint8Array<ArrayBuffer>> {
  const zippable: Zippable = {};
  for (const { name, read } of files) {
    const isText = /\.(json|csv|py|html|svg)$/.test(name);
    zippable[name] = [await read(), { level: isText ? 6 : 0 }];
  }
  return zipSync(zippable) as Uint8Array<ArrayBuffer>;
}
