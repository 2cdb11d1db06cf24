/** `npm run bench`: how fast this machine is, part by part and as a whole. Figures compare within a run, not between machines. */
import { availableParallelism, cpus } from 'node:os';
import { envDefinitions } from '../envs/registry.ts';
import { benchFlags } from './benchFlags.ts';
import { runCommand, UsageError } from './command.ts';
import { describeFlags, parseFlags } from './flags.ts';
import { benchEndToEnd, benchLearner } from './pageBenchmarks.ts';
import { runCoreBenchmark } from './runCoreBenchmark.ts';
import { compact } from './TextReporter.ts';

type Figures = Readonly<Record<string, number | null>>;

/** Names have one part, or two: 'queue', 'env/CartPole-v1'. */
type Results = Record<string, Figures | Record<string, Figures>>;

const quickEnvs = ['CartPole-v1', 'LunarLander-v3', 'MinAtar/Breakout-v1', 'MiniGrid-DoorKey-5x5-v0'];

export const main = (parameters: readonly string[]): Promise<void> =>
  runCommand(async () => {
    const { values, problems } = parseFlags(parameters, benchFlags);
    if (problems.length > 0) throw new UsageError(problems, 'bench');
    const [isQuick, isJson] = [values.quick === 'true', values.json === 'true'];
    if (values.help === 'true') process.stdout.write(help());
    else if (values.only !== undefined) print(await measure(values.only, isQuick), values.only, isJson);
    else await measureAll(isQuick, isJson);
  });

async function measureAll(isQuick: boolean, isJson: boolean): Promise<void> {
  const results: Results = {};
  for (const name of namesOf(isQuick)) {
    const figures = await measure(name, isQuick);
    const [group = '', member] = name.split(/\/(.*)/s);
    results[group] =
      member === undefined ? figures : { ...(results[group] as Record<string, Figures>), [member]: figures };
    if (!isJson) print(figures, name, false);
  }
  const [processor] = cpus();
  const machine = { processor: processor?.model ?? '', threads: availableParallelism(), node: process.version };
  if (isJson) process.stdout.write(`${JSON.stringify({ machine, ...results })}\n`);
}

function namesOf(isQuick: boolean): string[] {
  const envs = isQuick ? quickEnvs : envDefinitions.map(({ spec }) => spec.id);
  const learners = ['wasm', 'webgpu', 'cpu'].map((device) => `learner/${device}`);
  return [...envs.map((id) => `env/${id}`), 'inference', 'queue', ...learners, 'endToEnd'];
}

async function measure(name: string, isQuick: boolean): Promise<Figures> {
  if (!namesOf(false).includes(name)) {
    throw new UsageError(
      [`There is nothing called "${name}" to measure. Known: ${namesOf(false).join(', ')}.`],
      'bench',
    );
  }
  if (name === 'endToEnd') return benchEndToEnd(isQuick);
  const [group, member = ''] = name.split(/\/(.*)/s);
  return group === 'learner' ? benchLearner(member, isQuick) : runCoreBenchmark(name, isQuick ? 100 : 500);
}

function print(figures: Figures, name: string, isJson: boolean): void {
  if (isJson) process.stdout.write(`${JSON.stringify(figures)}\n`);
  else {
    const texts = Object.entries(figures).map(([unit, value]) => `${unit} ${value === null ? '–' : compact(value)}`);
    process.stdout.write(`${name.padEnd(34)} ${texts.join('  ')}\n`);
  }
}

const help = (): string =>
  [
    'npm run bench -- [flags]',
    '',
    'Measures environments, inference, queue, learner and a whole training on this machine.',
    '',
    describeFlags(benchFlags, process.stdout.columns ?? 100),
    '',
  ].join('\n');
