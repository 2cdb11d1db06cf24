import { findAlgorithm } from '../algorithms/registry.ts';
import type { Evaluation, EvaluationStatistics, RunSummary } from '../trainer/run.ts';
import type { News } from '../ui/automation.api.ts';
import { type RunReporter, type RunStart, Throughput } from './RunReporter.ts';

export interface Output {
  write(text: string): void;
  /** Characters in a line, or null where lines cannot be overwritten: a file, a pipe. */
  readonly columns: number | null;
}

/** Seconds between two lines of progress where there is no bar. */
const lineInterval = 2;

const eraseLine = '\r\u001b[K';

/** For people: a bar on a terminal, lines elsewhere; evaluations and messages stay above the bar. */
export class TextReporter implements RunReporter {
  readonly #output: Output;
  readonly #throughput = new Throughput();
  #numTrainSteps = 0;
  #isBarShown = false;
  #phase = '';
  #nextLineAt = 0;

  constructor(output: Output) {
    this.#output = output;
  }

  started({ hyperparameters: h, out }: RunStart): void {
    this.#numTrainSteps = h.numTrainSteps;
    this.#print(
      `Training ${findAlgorithm(h.algorithm).name} on ${h.env} for ${compact(h.numTrainSteps)} env steps, seed ${h.seed}, into ${out}`,
    );
  }

  happened(news: News): void {
    for (const { level, message } of news.log) this.#print(level === 'info' ? message : `${level}: ${message}`);
    for (const evaluation of news.evaluations) this.#print(describeEvaluation(evaluation));
    if (news.updates > 0) this.#showProgress(news);
    else if (news.state.status === 'starting') this.#showPhase(news.state.phase);
  }

  ended({ frames, seconds, framesPerSecond, episodes, evaluation, bottleneck, files }: RunSummary): void {
    this.#print(
      `${compact(frames)} env steps in ${seconds.toFixed(1)} s (${compact(framesPerSecond)} per second), ${episodes} episodes`,
    );
    if (bottleneck) this.#print(`${sentence(bottleneck.label)}. ${bottleneck.advice}`);
    if (evaluation) this.#print(describeStatistics(evaluation));
    this.#print(`Files: ${files.join(', ')}`);
  }

  close(): void {
    if (this.#isBarShown) this.#output.write('\n');
    this.#isBarShown = false;
  }

  #showProgress({ frames, seconds, meanReturn, state }: News): void {
    const framesPerSecond = this.#throughput.update({ seconds, frames });
    const facts = [
      `${compact(frames)} of ${compact(this.#numTrainSteps)}`,
      `return ${meanReturn === null ? '–' : meanReturn.toFixed(1)}`,
      framesPerSecond === null ? '' : `${compact(framesPerSecond)}/s`,
      describeRest(state.status, (this.#numTrainSteps - frames) / (framesPerSecond ?? 0)),
    ].filter((fact) => fact !== '');
    if (this.#output.columns !== null) this.#showBar(frames / this.#numTrainSteps, facts.join('  '));
    else if (seconds >= this.#nextLineAt) {
      this.#nextLineAt = seconds + lineInterval;
      this.#print(facts.join('  '));
    }
  }

  #showPhase(phase: string): void {
    if (phase === this.#phase) return;
    this.#phase = phase;
    this.#print(`${phase[0]?.toUpperCase()}${phase.slice(1)} …`);
  }

  #showBar(fraction: number, facts: string): void {
    const columns = this.#output.columns!;
    const width = Math.min(40, columns - facts.length - 8);
    const percent = `${Math.floor(100 * Math.min(1, fraction))} %`.padStart(5);
    const line = `${width >= 8 ? bar(fraction, width) : ''}${percent}  ${facts}`;
    this.#output.write(eraseLine + line.slice(0, columns - 1)); // A line that wraps could not be erased.
    this.#isBarShown = true;
  }

  /** A line that stays. */
  #print(line: string): void {
    this.#output.write(`${this.#isBarShown ? eraseLine : ''}${line}\n`);
    this.#isBarShown = false;
  }
}

export const describeStatistics = ({ episodes, mean, std, min, max, iqm, iqmCi95 }: EvaluationStatistics): string =>
  `Evaluation over ${episodes} episodes: mean ${mean.toFixed(1)} ± ${std.toFixed(1)}, from ${min.toFixed(1)} to ${max.toFixed(1)}; ` +
  `interquartile mean ${iqm.toFixed(1)} [${iqmCi95.map((bound) => bound.toFixed(1)).join(', ')}]`;

const describeEvaluation = ({ frames, episodes, mean, std }: Evaluation): string =>
  `evaluated at ${compact(frames)}: mean return ${mean.toFixed(1)} ± ${std.toFixed(1)} over ${episodes} episodes`;

function describeRest(status: string, secondsLeft: number): string {
  if (status === 'evaluating') return 'evaluating';
  if (status === 'stopping') return 'stopping';
  if (!Number.isFinite(secondsLeft)) return '';
  const seconds = Math.max(0, Math.ceil(secondsLeft));
  const minutes = Math.floor(seconds / 60);
  const clock = `${minutes % 60}:${String(seconds % 60).padStart(2, '0')}`;
  return `eta ${minutes < 60 ? clock : `${Math.floor(minutes / 60)}:${clock.padStart(5, '0')}`}`;
}

const sentence = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

function bar(fraction: number, width: number): string {
  const full = Math.round(Math.min(1, fraction) * width);
  return '█'.repeat(full) + '░'.repeat(width - full);
}

const compactFormat = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });

/** 950, 12.3K, 3M, 2.5B, which `parseNumber` reads. */
export const compact = (value: number): string => compactFormat.format(value);
