/** `npm run evaluate`: plays the policy of a weights file and says how well it does. No browser: policies play in Node as well. */
import { readFileSync } from 'node:fs';
import { decodeWeights, hyperparametersOfWeights } from '../checkpoints/weightsFile.ts';
import { firstEvaluationSeed } from '../config/evaluation.ts';
import { haveSameSpaces } from '../config/findProblems.ts';
import type { Hyperparameters } from '../config/hyperparameters.ts';
import { parseNumber, readConfiguration } from '../config/parse.ts';
import { findEnv } from '../envs/registry.ts';
import { summarise } from '../math/statistics.ts';
import { networkOf } from '../networks/networkOf.ts';
import { playEpisodes } from '../playback/evaluator.ts';
import { runCommand, UsageError } from './command.ts';
import { evaluateFlags } from './evaluateFlags.ts';
import { describeFlags, parseFlags } from './flags.ts';
import { readBytes } from './readBytes.ts';
import { describeStatistics } from './TextReporter.ts';

interface EvaluateOrder {
  readonly weights: string;
  /** Null: where the weights were evaluated while training. */
  readonly env: string | null;
  readonly config: string | null;
  readonly episodes: number;
  readonly firstSeed: number;
  readonly isGreedy: boolean;
  readonly isJson: boolean;
}

export const main = (parameters: readonly string[]): Promise<void> =>
  runCommand(async () => {
    const order = readEvaluateArguments(parameters);
    process.stdout.write(order ? await evaluate(order) : help());
  });

/** Throws one `UsageError` with every problem; returns null if help is asked for. */
export function readEvaluateArguments(parameters: readonly string[]): EvaluateOrder | null {
  const { values, problems: flagProblems } = parseFlags(parameters, evaluateFlags);
  if (values.help === 'true') return null;
  const problems = [...flagProblems];
  const wholeNumber = (name: string, fallback: number, least: number, most: number): number => {
    const value = values[name] === undefined ? fallback : parseNumber(values[name]);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    problems.push(`--${name} is a whole number from ${least} to ${most}, not "${values[name]}".`);
    return fallback;
  };
  const isOn = (name: string): boolean => {
    const value = values[name] ?? 'false';
    if (value !== 'true' && value !== 'false') problems.push(`--${name} is true or false, not "${value}".`);
    return value === 'true';
  };
  const order = {
    weights: values.weights ?? '',
    env: values.env ?? null,
    config: values.config ?? null,
    episodes: wholeNumber('episodes', 100, 1, 100_000),
    firstSeed: wholeNumber('seed', firstEvaluationSeed, 0, 2 ** 32 - 1),
    isGreedy: !isOn('sampled'),
    isJson: isOn('json'),
  };
  if (order.weights === '') problems.push('Which weights? --weights FILE names them.');
  if (problems.length > 0) throw new UsageError(problems, 'evaluate');
  return order;
}

/** Returns what is to be printed. Rejects with a sentence if the weights cannot be played. */
async function evaluate({
  weights,
  env,
  config,
  episodes,
  firstSeed,
  isGreedy,
  isJson,
}: EvaluateOrder): Promise<string> {
  const file = await readBytes(weights);
  const h = config === null ? hyperparametersOfWeights(file) : readConfigurationFile(config);
  if (!h) throw new Error(`${weights} does not say what network it is for. Name its configuration: --config FILE.`);
  const network = networkOf(h);
  const { parameters } = decodeWeights(file, network);
  const played = findEnv(env ?? (h.evalEnv || h.env)).spec;
  if (!haveSameSpaces(findEnv(h.env).spec, played)) {
    throw new Error(`A policy for ${h.env} cannot play ${played.id}: their observation or action spaces differ.`);
  }
  const { returns, lengths } = playEpisodes(
    { env: played.id, network, rewardClipping: h.rewardClipping },
    { parameters, episodes, firstSeed, greedy: isGreedy },
  );
  const statistics = summarise(returns);
  if (!isJson) return `${played.id}, ${isGreedy ? 'greedy' : 'sampled'}. ${describeStatistics(statistics)}\n`;
  return `${JSON.stringify({ env: played.id, weights, firstSeed, greedy: isGreedy, ...statistics, returns, lengths })}\n`;
}

function readConfigurationFile(path: string): Hyperparameters {
  const { hyperparameters, problems } = readConfiguration(JSON.parse(readFileSync(path, 'utf8')));
  if (problems.length > 0) throw new Error(problems.map((problem) => `${path}: ${problem}`).join('\n'));
  return hyperparameters;
}

const help = (): string =>
  [
    'npm run evaluate -- --weights FILE [flags]',
    '',
    'Plays the policy of a weights file and prints statistics of the returns.',
    '',
    describeFlags(evaluateFlags, process.stdout.columns ?? 100),
    '',
  ].join('\n');
