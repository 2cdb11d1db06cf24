/**
 * Puts `window.pronk` into a page that a program drives: the command line, or a test. It uses the trainer as the form does,
 * through the session, so a window that shows the page shows the same run.
 */
import type { Hyperparameters } from '../config/hyperparameters.ts';
import { episodesCsv, metricsCsv } from '../runs/metricsCsv.ts';
import { addFigures, benchmarkNames, type Figures, measure } from '../trainer/benchmark.ts';
import type { Agent, Column, RunSummary } from '../trainer/run.ts';
import { currentAgent, openAgent } from '../trainer/session.ts';
import type { Cursor, News } from './automation.api.ts';

/** Episodes that the mean return is taken over. */
const recentEpisodes = 100;

let summary: RunSummary | null = null;

const figures: Record<string, unknown> = {};

window.pronk = {
  start,
  readNews,
  stop: () => agent().stop(),
  weights: () => toBase64(agent().weights()),
  records,
  benchmarkNames,
  measure: measureNow,
  measured: () => figures,
};

function start(hyperparameters: Hyperparameters, initModel: string | null): void {
  const opened = openAgent(hyperparameters);
  summary = null;
  opened.train(initModel === null ? {} : { initModel: fromBase64(initModel) }).then(
    (result) => {
      summary = result;
    },
    () => {}, // The agent's state says why it failed.
  );
}

function readNews(since: Cursor): News {
  const { state, record } = agent();
  return {
    cursor: {
      savedFrames: record.savedWeights.at(-1)?.frames ?? 0,
      evaluations: record.evaluations.length,
      log: record.log.length,
    },
    state,
    engine: record.engine,
    frames: record.frames,
    updates: record.updates,
    seconds: record.seconds,
    episodes: record.episodes.episodeReturn.length,
    meanReturn: meanOfLast(record.episodes.episodeReturn, recentEpisodes),
    evaluations: record.evaluations.slice(since.evaluations),
    log: record.log.slice(since.log),
    savedWeights: record.savedWeights
      .filter(({ frames }) => frames > since.savedFrames)
      .map(({ frames, file }) => ({ frames, file: toBase64(file) })),
    summary,
  };
}

function records(): { metrics: string; episodes: string } {
  const { record } = agent();
  return { metrics: metricsCsv(record), episodes: episodesCsv(record) };
}

async function measureNow(name: string, isQuick: boolean): Promise<Figures> {
  const measured = await measure(name, isQuick, openAgent);
  addFigures(figures, name, measured);
  return measured;
}

function agent(): Agent {
  const present = currentAgent();
  if (!present) throw new Error('No run was started in this page.');
  return present;
}

function meanOfLast({ values, length }: Column, count: number): number | null {
  const recent = values.subarray(Math.max(0, length - count), length);
  return recent.length > 0 ? recent.reduce((sum, value) => sum + value, 0) / recent.length : null;
}

/** In pieces, for a function takes only so many arguments. */
function toBase64(bytes: Uint8Array): string {
  const pieceLength = 0x8000;
  let binary = '';
  for (let at = 0; at < bytes.length; at += pieceLength) {
    binary += String.fromCharCode(...bytes.subarray(at, at + pieceLength));
  }
  return btoa(binary);
}

const fromBase64 = (text: string): Uint8Array => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
