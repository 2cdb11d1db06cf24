/** What `npm run bench` measures in a page: updates of the learner, and a whole training. */
import { hyperparametersOf } from '../config/presets.ts';
import { followRun } from './followRun.ts';
import { TrainingPage } from './TrainingPage.ts';

/** Updates of 160 env steps on one device, while the actors play beside it: the median over the run. */
export async function benchLearner(device: string, isQuick: boolean): Promise<{ updateMs: number; waitMs: number }> {
  const { metrics } = await trainCartPole(device, isQuick ? 16_000 : 64_000);
  return { updateMs: median(columnOf(metrics, 'updateMs')), waitMs: median(columnOf(metrics, 'waitMs')) };
}

/** The CartPole preset from start to end on WebAssembly. */
export async function benchEndToEnd(
  isQuick: boolean,
): Promise<{ framesPerSecond: number; finalReturn: number | null }> {
  const { summary } = await trainCartPole('wasm', isQuick ? 60_000 : 300_000);
  return { framesPerSecond: summary.framesPerSecond, finalReturn: summary.evaluation?.mean ?? null };
}

async function trainCartPole(device: string, numTrainSteps: number) {
  const page = await TrainingPage.open({ isHeaded: false });
  try {
    const preset = hyperparametersOf('cartpole');
    await page.start({ ...preset, device: device as typeof preset.device, numTrainSteps, evalInterval: 0 }, null);
    const { state, summary } = await followRun(page, () => {});
    if (summary === null) throw new Error(state.status === 'failed' ? state.reason : 'The run did not end.');
    return { summary, metrics: (await page.records()).metrics };
  } finally {
    await page.close();
  }
}

function columnOf(csv: string, name: string): number[] {
  const [header = '', ...rows] = csv.trimEnd().split('\n');
  const index = header.split(',').indexOf(name);
  return rows.map((row) => Number(row.split(',')[index]));
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;
