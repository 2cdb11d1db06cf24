/** All files of a source, made at once, so that their sizes are known before anybody downloads one. */
import { type Zippable, zipSync } from 'fflate';
import { type ExportedPolicy, readExportedPolicy } from '../../exports/exportedPolicy.ts';
import { encodeHtmlPage } from '../../exports/htmlPage.ts';
import pagePlayerUrl from '../../exports/pagePlayer.ts?worker&url';
import playPy from '../../exports/play.py?raw';
import { encodeTensorBoard, tensorBoardFileName } from '../../exports/tensorBoardEvents.ts';
import { type WeightFormat, weightFormats } from '../../exports/weightFormats.ts';
import { episodesCsv, metricsCsv } from '../../runs/metricsCsv.ts';
import { sha256 } from '../../runs/sha256.ts';
import { fileNameOf } from '../saveFile.ts';
import type { ExportSource } from './exportSources.ts';

export interface ExportFile {
  readonly name: string;
  readonly contents: Uint8Array<ArrayBuffer>;
  /** What it is, for people. */
  readonly doc: string;
}

export interface WeightFile extends ExportFile {
  readonly format: Pick<WeightFormat, 'id' | 'label'>;
}

export interface PreparedExport {
  readonly source: ExportSource;
  readonly policy: ExportedPolicy;
  /** What the names of its files begin with. */
  readonly stem: string;
  readonly weights: readonly WeightFile[];
  /** Of the run rather than of the policy. */
  readonly others: readonly ExportFile[];
  readonly sha256: string;
}

/** Rejects, with a sentence to show, if the weights are gone or broken. */
export async function prepareExport(source: ExportSource): Promise<PreparedExport> {
  const policy = readExportedPolicy(await source.readWeights());
  const curves = await source.readCurves();
  const evaluations = source.evaluations();
  const stem = fileNameOf(`${source.name}-${policy.hyperparameters.env}`);
  const { createdAt } = source;
  return {
    source,
    policy,
    stem,
    weights: [
      ...weightFormats.map((format) => ({
        format,
        name: `${stem}${format.ending}`,
        contents: format.encode(policy),
        doc: format.doc,
      })),
      ...(await htmlFiles(policy, source.name, stem)),
    ],
    others: [
      { name: 'play.py', contents: playPyFile.contents, doc: playPyFile.doc },
      textFile('config.json', json(policy.hyperparameters), 'Every setting of the run'),
      textFile('metrics.csv', metricsCsv(curves), 'Losses, rates and queues over time'),
      textFile('episodes.csv', episodesCsv(curves), 'Every finished episode'),
      textFile('evaluations.json', json(evaluations), 'Every evaluation, with the return of each episode'),
      {
        name: tensorBoardFileName(source),
        contents: encodeTensorBoard({ ...curves, evaluations, createdAt }),
        doc: 'All of it for TensorBoard',
      },
    ],
    sha256: await sha256(policy.file),
  };
}

/** None in development, where modules are not bundled: a page of its own cannot import them. */
async function htmlFiles(policy: ExportedPolicy, name: string, stem: string): Promise<WeightFile[]> {
  if (import.meta.env.DEV) return [];
  const response = await fetch(pagePlayerUrl);
  if (!response.ok) throw new Error('The player for the web page could not be loaded. Reload the page and try again.');
  return [
    {
      format: { id: 'html', label: 'Web page' },
      name: `${stem}.html`,
      contents: encodeHtmlPage(policy, name, await response.text()),
      doc: 'One file that plays the policy in any browser: weights, environment and drawing inside, no network.',
    },
  ];
}

const textFile = (name: string, text: string, doc: string): ExportFile => ({
  name,
  contents: new TextEncoder().encode(text),
  doc,
});

/** The program that plays any weights file in Python. */
export const playPyFile = textFile('play.py', playPy, 'Plays the safetensors file with PyTorch in Gymnasium');

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** Files in one zip. Weights are noise to a compressor, so they are stored as they are. */
export function zipOf(files: readonly ExportFile[]): Uint8Array<ArrayBuffer> {
  const zippable: Zippable = {};
  for (const { name, contents } of files) {
    const isText = /\.(json|csv|py|svg)$/.test(name);
    zippable[name] = [contents, { level: isText ? 6 : 0 }];
  }
  return zipSync(zippable) as Uint8Array<ArrayBuffer>;
}
