import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { encodeWeights } from '../../src/checkpoints/weightsFile.ts';
import { hyperparametersOf } from '../../src/config/presets.ts';
import { findEnv } from '../../src/envs/registry.ts';
import { initialParameters } from '../../src/networks/initialise.ts';
import { networkSpecFor } from '../../src/networks/networkSpec.ts';
import { assess } from '../../src/playback/assess.ts';
import { browserForThisFile } from './browser.ts';

const openPage = browserForThisFile();

const h = hyperparametersOf('cartpole');
const network = networkSpecFor(findEnv(h.env).spec, h);
const policyOf = (seed: number) => initialParameters(network, 'orthogonal', seed);

/** What the screen has to come to, played by the same code in Node. */
const expected = assess({
  env: h.env,
  policies: [1, 2].map((seed) => ({ network, rewardClipping: h.rewardClipping, parameters: policyOf(seed) })),
  episodes: 20,
  firstSeed: 1000,
  greedy: true,
  maxSteps: null,
});

async function openWeights(page: Page, name: string, seed: number): Promise<void> {
  const buffer = Buffer.from(encodeWeights(policyOf(seed), network, h));
  const file = { name, mimeType: 'application/octet-stream', buffer };
  await page.getByLabel('Weights file to evaluate').setInputFiles(file);
  await page.getByRole('combobox', { name: 'Policy' }).selectOption({ label: name });
}

async function enter(page: Page, label: string, text: string): Promise<void> {
  await page.getByRole('textbox', { name: label, exact: true }).fill(text);
  await page.keyboard.press('Tab');
}

/** The Evaluate screen with two policies open and few episodes asked for. */
async function openScreen(prepare?: (page: Page) => Promise<unknown>): Promise<Page> {
  const page = await openPage(prepare);
  await page.getByRole('link', { name: 'Evaluate' }).click();
  await openWeights(page, 'two.safetensors', 2);
  await openWeights(page, 'one.safetensors', 1);
  await enter(page, 'Episodes', '20');
  await enter(page, 'First seed', '1000');
  return page;
}

const evaluate = (page: Page) => page.getByRole('button', { name: 'Evaluate', exact: true }).click();

async function downloaded(page: Page, button: string): Promise<{ name: string; file: Buffer }> {
  const [download] = await Promise.all([
    page.waitForEvent('download', { timeout: 60_000 }),
    page.getByRole('button', { name: button, exact: true }).click(),
  ]);
  return { name: download.suggestedFilename(), file: await readFile(await download.path()) };
}

/** What a browser's own decoder says of a video, after it has decoded a picture in its middle. */
const decodeVideo = (page: Page, { name, file }: { name: string; file: Buffer }) =>
  page.evaluate(
    async ([type, base64]) => {
      const bytes = Uint8Array.from(atob(base64!), (letter) => letter.charCodeAt(0));
      const video = document.createElement('video');
      await new Promise((resolve, reject) => {
        video.onloadeddata = () => {
          video.currentTime = 0.2;
        };
        video.onseeked = resolve;
        video.onerror = () => reject(new Error(video.error?.message));
        video.muted = true;
        video.src = URL.createObjectURL(new Blob([bytes], { type: type! }));
      });
      return { width: video.videoWidth, height: video.videoHeight, duration: video.duration };
    },
    [name.endsWith('mp4') ? 'video/mp4' : 'video/webm', file.toString('base64')],
  );

describe('A person who evaluates weights', () => {
  it('gets the statistics of exactly the episodes of these seeds, as a table and as files', async () => {
    const page = await openScreen();
    await evaluate(page);
    const result = page.getByRole('region', { name: 'Result' });
    const [first] = expected.policies;
    await result.getByText(first!.iqm.toFixed(1), { exact: true }).first().waitFor();
    await result.getByText(`${first!.mean.toFixed(1)} ± ${first!.std.toFixed(1)}`).waitFor();

    const rows = page.getByRole('region', { name: 'Episodes', exact: true }).locator('tbody tr');
    expect(await rows.count()).toBe(20);
    const bar = page
      .getByRole('group', { name: 'Returns of one.safetensors' })
      .getByRole('button', { disabled: false });
    const label = await bar.first().getAttribute('aria-label');
    await bar.first().click();
    expect(`${await rows.count()}`).toBe(/: (\d+) episode/.exec(label!)![1]);

    const { file } = await downloaded(page, 'CSV');
    const [header, ...lines] = file.toString().trimEnd().split('\n');
    expect(header).toBe('policy,seed,return,length,end');
    expect(lines.map((line) => Number(line.split(',')[2]))).toEqual(first!.played.map((episode) => episode.return));
    const report = JSON.parse((await downloaded(page, 'Report')).file.toString());
    expect(report.policies[0]).toMatchObject({ policy: 'one.safetensors', iqm: first!.iqm, iqmCi95: first!.iqmCi95 });
  });

  it('watches any episode again, step by step, by button, by slider and by key', async () => {
    const page = await openScreen((fresh) => fresh.emulateMedia({ reducedMotion: 'reduce' }));
    await evaluate(page);
    const player = page.getByRole('region', { name: 'Player' });
    const { seed, length } = expected.policies[0]!.played[3]!;
    await page.getByRole('button', { name: `Play the episode of seed ${seed}` }).click();
    await player.getByText(`step 0 of ${length}`).waitFor();
    await player.getByRole('button', { name: 'One step on' }).click();
    await page.keyboard.press('ArrowRight');
    await player.getByText(`step 2 of ${length}`).waitFor();
    await player.getByRole('slider', { name: 'Step of the episode' }).fill('5');
    await player.getByText(`return 5.0, step 5`).waitFor();
    await player.getByRole('button', { name: 'best' }).click();
    const longest = Math.max(...expected.policies[0]!.played.map((episode) => episode.length));
    await player.getByText(`step 0 of ${longest}`).waitFor();
    await player.getByRole('button', { name: 'Play', exact: true }).click();
    await player.getByText(`step ${longest}, terminated`).waitFor();
  });

  it('compares two policies on the same seeds and watches both side by side', async () => {
    const page = await openScreen();
    await page.getByRole('combobox', { name: 'Compare with' }).selectOption({ label: 'two.safetensors' });
    await evaluate(page);
    const { difference, probabilityOfImprovement } = expected.comparison!;
    const result = page.getByRole('region', { name: 'Result' });
    await result.getByText('Second minus first').waitFor();
    const sign = difference < 0 ? '−' : '+';
    await result.getByText(`${sign}${Math.abs(difference).toFixed(1)}`, { exact: true }).waitFor();
    await result.getByText(`${(100 * probabilityOfImprovement).toFixed(0)} % [`).waitFor();
    const rows = page.getByRole('region', { name: 'Episodes', exact: true }).locator('tbody tr');
    const [one, two] = expected.policies.map(({ played }) => played[0]!);
    await expect.poll(() => rows.nth(0).textContent()).toContain(`first${one!.return.toFixed(1)}${one!.length}`);
    expect(await rows.nth(1).textContent()).toContain(`second${two!.return.toFixed(1)}${two!.length}`);
    expect(await page.getByRole('img', { name: 'The episode, at the step of the slider' }).count()).toBe(2);
  });

  it('can cancel, and is told what is wrong with a number or a file', async () => {
    const page = await openScreen();
    await enter(page, 'Episodes', '10000');
    await enter(page, 'Max steps', '20000');
    await evaluate(page);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Evaluate', exact: true }).waitFor();
    expect(await page.getByRole('region', { name: 'Result' }).count()).toBe(0);
    await enter(page, 'Episodes', 'many');
    await page.getByText('A whole number from 1 to').waitFor();

    const broken = { name: 'broken.safetensors', mimeType: 'application/octet-stream', buffer: Buffer.from('nothing') };
    await page.getByLabel('Weights file to evaluate').setInputFiles(broken);
    await page.getByText('broken.safetensors: This is not a readable safetensors file').waitFor();
    expect(await page.getByRole('option', { name: 'broken.safetensors' }).count()).toBe(0);
  });

  it('evaluates the run under way while it trains', async () => {
    const page = await openPage();
    await page.getByRole('combobox', { name: 'Learner device' }).selectOption('wasm');
    await enter(page, 'Training steps', '1G');
    await page.getByRole('button', { name: 'Start training' }).click();
    await page.getByRole('button', { name: 'Pause', exact: true, disabled: false }).waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('button', { name: 'Evaluate and watch' }).click();
    await page.getByRole('combobox', { name: 'Policy' }).getByText(', present weights').waitFor({ state: 'attached' });
    await enter(page, 'Episodes', '5');
    await evaluate(page);
    await page.getByRole('region', { name: 'Result' }).waitFor({ timeout: 60_000 });
    await page.getByRole('link', { name: /Train/ }).click();
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.getByText(/^Stopped after/).waitFor();
  });
});

describe('A person who comes back to a stored run', () => {
  it('evaluates its weights from the list of runs, and gets what the final evaluation got', async () => {
    const page = await openPage();
    await page.getByRole('combobox', { name: 'Learner device' }).selectOption('wasm');
    await enter(page, 'Training steps', '8000');
    await page.getByRole('button', { name: 'Start training' }).click();
    await page.getByText(/^Done after/).waitFor({ timeout: 60_000 });
    await page.reload();
    await page.getByRole('link', { name: /^Runs/ }).click();
    const iqm = await page.locator('tbody tr').first().getByText('IQM').locator('..').textContent();
    await page.getByRole('button', { name: /^Actions for/ }).click();
    await page.locator(':popover-open').getByRole('button', { name: 'Evaluate and watch' }).click();
    await page.getByRole('combobox', { name: 'Policy' }).getByText('newest weights').waitFor({ state: 'attached' });
    await evaluate(page);
    const result = page.getByRole('region', { name: 'Result' });
    const number = result.getByText(/^[\d.]+$/).first();
    // The same weights on the same seeds: the same episodes.
    expect(iqm).toContain(await number.textContent());
  });
});

describe('A film of an episode', () => {
  /** The median episode, the one in the player after an evaluation. */
  const episode = expected.policies[0]!.played.toSorted((a, b) => a.return - b.return)[9]!;
  const stem = `one_seed${episode.seed}_ret${episode.return}`;
  const { framesPerSecond } = findEnv(h.env).spec;

  async function openMenu(page: Page): Promise<void> {
    await evaluate(page);
    await page.getByRole('button', { name: 'Record', exact: true }).click();
    await page.getByRole('button', { name: 'Record a video', disabled: false }).waitFor();
  }

  it('is a video that the browser decodes, one picture for each state', async () => {
    const page = await openScreen();
    await openMenu(page);
    const film = await downloaded(page, 'Record a video');
    expect(film.name).toMatch(new RegExp(`^${stem}\\.(mp4|webm)$`));
    const { width, duration } = await decodeVideo(page, film);
    expect(width).toBe(480);
    expect(duration).toBeCloseTo((episode.length + 1) / framesPerSecond, 1);
  });

  it('shows two policies side by side until the longer episode is over', async () => {
    const page = await openScreen();
    await page.getByRole('combobox', { name: 'Compare with' }).selectOption({ label: 'two.safetensors' });
    await openMenu(page);
    const film = await downloaded(page, 'Record a video');
    const other = expected.policies[1]!.played.find(({ seed }) => seed === episode.seed)!;
    expect(film.name).toContain(`one_vs_two_seed${episode.seed}_ret${episode.return}_vs_${other.return}.`);
    const { width, duration } = await decodeVideo(page, film);
    expect(width).toBe(480 + 4 + 480);
    expect(duration).toBeCloseTo((Math.max(episode.length, other.length) + 1) / framesPerSecond, 1);
  });

  it('is a GIF with the pictures it should have', async () => {
    const page = await openScreen();
    await openMenu(page);
    await page.getByRole('button', { name: 'GIF', exact: true }).click();
    const film = await downloaded(page, 'Record a GIF');
    expect(film.name).toBe(`${stem}.gif`);
    expect(film.file.subarray(0, 6).toString()).toBe('GIF89a');
    const decoded = await page.evaluate(async (base64) => {
      const data = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const decoder = new ImageDecoder({ data, type: 'image/gif' });
      await decoder.completed;
      const { image } = await decoder.decode({ frameIndex: 3 });
      return { frames: decoder.tracks.selectedTrack?.frameCount, width: image.displayWidth };
    }, film.file.toString('base64'));
    const stride = Math.ceil(framesPerSecond / 25);
    expect(decoded).toEqual({ frames: Math.ceil(episode.length / stride) + 1, width: 480 });
  });

  it('is recorded in real time where the browser has no WebCodecs', async () => {
    const page = await openScreen((fresh) =>
      fresh.addInitScript(() => Object.defineProperty(window, 'VideoEncoder', { value: undefined })),
    );
    await openMenu(page);
    const film = await downloaded(page, 'Record a video');
    expect(film.file.length).toBeGreaterThan(1000);
    expect((await decodeVideo(page, film)).width).toBe(480);
  });
});
