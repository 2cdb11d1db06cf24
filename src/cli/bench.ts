/** `npm run bench`: how fast this machine is, part by part and as a whole, measured in a headless Chromium. */
import { availableParallelism, cpus } from 'node:os';
import { benchFlags } from './benchFlags.ts';
import { runCommand, UsageError } from './command.ts';
import { describeFlags, parseFlags } from './flags.ts';
import { compact } from './TextReporter.ts';
import type { TrainingPage } from './TrainingPage.ts';

type Figures = Readonly<Record<string, number | null>>;

export const main = (parameters: readonly string[]): Promise<void> =>
  runCommand(async () => {
    const { values, problems } = parseFlags(parameters, benchFlags);
    if (problems.length > 0) throw new UsageError(problems, 'bench');
    if (values.help === 'true') process.stdout.write(help());
    else await measure(values.only ?? null, values.quick === 'true', values.json === 'true');
  });

/** The page is drawn as on a screen, so that trainings pay for their charts. */
async function measure(only: string | null, isQuick: boolean, isJson: boolean): Promise<void> {
  const { TrainingPage } = await import('./TrainingPage.ts'); // Playwright takes a second to load.
  const page = await TrainingPage.open({ isHeaded: false, isDrawn: true });
  try {
    const known = await page.benchmarkNames(false);
    if (only !== null && !known.some((name) => isWithin(name, only))) {
      throw new UsageError([`There is nothing called "${only}" to measure. Known: ${known.join(', ')}.`], 'bench');
    }
    const names = (await page.benchmarkNames(isQuick && only === null)).filter(
      (name) => only === null || isWithin(name, only),
    );
    for (const name of names) {
      const figures = await page.measure(name, isQuick);
      if (!isJson) print(name, figures);
    }
    if (isJson) {
      process.stdout.write(`${JSON.stringify({ machine: await machineOf(page), ...(await page.measured()) })}\n`);
    }
  } finally {
    await page.close();
  }
}

const isWithin = (name: string, only: string): boolean => name === only || name.startsWith(`${only}/`);

async function machineOf(page: TrainingPage) {
  const [processor] = cpus();
  return {
    processor: processor?.model ?? '',
    threads: availableParallelism(),
    node: process.version,
    browser: page.browserVersion,
  };
}

function print(name: string, figures: Figures): void {
  const texts = Object.entries(figures).map(([unit, value]) => `${unit} ${value === null ? '–' : readable(value)}`);
  process.stdout.write(`${name.padEnd(36)} ${texts.join('  ')}\n`);
}

/** Three digits for what is small, thousands and millions by their letters. */
const readable = (value: number): string => (value < 100 ? String(Number(value.toPrecision(3))) : compact(value));

const help = (): string =>
  [
    'npm run bench -- [flags]',
    '',
    'Measures environments, inference, learner, queue and whole trainings on this machine.',
    '',
    describeFlags(benchFlags, process.stdout.columns ?? 100),
    '',
  ].join('\n');
