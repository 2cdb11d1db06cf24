import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { decodeSafetensors } from '../../src/checkpoints/safetensors.ts';
import { browserForThisFile } from './browser.ts';

const openPage = browserForThisFile();

/** Types a value over the one in a field, as a person would. */
async function enter(page: Page, label: string, text: string): Promise<void> {
  await page.getByRole('textbox', { name: label, exact: true }).fill(text);
  await page.keyboard.press('Tab');
}

/** The contents of the file that a click downloads. */
async function download(page: Page, button: string): Promise<Buffer> {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: button }).click()]);
  return readFile(await file.path());
}

const numEpisodes = async (page: Page): Promise<number> => {
  const text = await page
    .getByRole('main')
    .getByText('Episodes', { exact: true })
    .locator('..')
    .locator('dd')
    .first()
    .textContent();
  return Number(text?.replace(/\D/g, '') || 0);
};

const evaluationRows = (page: Page) => page.getByRole('region', { name: 'Evaluations' }).locator('tbody tr');

/** The cells of the topmost row: at step, IQM, mean, episodes. */
const newestEvaluation = (page: Page): Promise<string[]> =>
  evaluationRows(page).first().locator('td').allTextContents();

describe('A person who opens the page', () => {
  it('changes a setting, trains, sees episodes arrive, downloads the weights, loads them and evaluates them', async () => {
    const page = await openPage();
    await page.getByRole('combobox', { name: 'Learner device' }).selectOption('wasm');
    await enter(page, 'Training steps', '16000');
    await page.getByRole('button', { name: 'Start training' }).click();

    await expect.poll(() => numEpisodes(page)).toBeGreaterThan(0);
    await page.getByText(/^Done after/).waitFor({ timeout: 60_000 });
    const final = await newestEvaluation(page);
    expect(final[0]).toContain('final');

    const weights = await download(page, 'Download weights');
    const { tensors, metadata } = decodeSafetensors(weights);
    expect(Object.values(tensors).every(({ data }) => data.every(Number.isFinite))).toBe(true);
    expect(JSON.parse(metadata.hyperparameters ?? '')).toMatchObject({ env: 'CartPole-v1', numTrainSteps: 16_000 });

    await page.getByRole('link', { name: 'Configure' }).click();
    const file = { name: 'mine.safetensors', mimeType: 'application/octet-stream', buffer: weights };
    await page.getByLabel('Weights file').setInputFiles(file);
    await page.getByRole('button', { name: 'Evaluate', exact: true }).click();
    await expect.poll(() => evaluationRows(page).count()).toBe(1);
    // The same weights on the same seeds: the same statistics.
    expect((await newestEvaluation(page)).slice(1)).toEqual(final.slice(1));
  });

  it('pauses, goes on and stops, and keeps what was learned', async () => {
    const page = await openPage();
    await page.getByRole('combobox', { name: 'Learner device' }).selectOption('wasm');
    await enter(page, 'Training steps', '1G');
    await page.getByRole('button', { name: 'Start training' }).click();
    await expect.poll(() => numEpisodes(page)).toBeGreaterThan(0);

    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    await page.getByRole('button', { name: 'Resume' }).waitFor();
    const paused = await numEpisodes(page);
    await page.waitForTimeout(500);
    expect(await numEpisodes(page)).toBe(paused);

    await page.getByRole('button', { name: 'Resume' }).click();
    await expect.poll(() => numEpisodes(page)).toBeGreaterThan(paused);
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.getByText(/^Stopped after/).waitFor();
    expect((await download(page, 'Download weights')).length).toBeGreaterThan(1000);
  });

  it('is told what is wrong with a setting, beside it, and cannot start', async () => {
    const page = await openPage();
    await enter(page, 'Learning rate', 'fast');
    await page.getByRole('button', { name: 'Start training' }).click();
    await page.getByText('must be a number, not "fast"').waitFor();
    expect(await page.evaluate(() => location.hash)).not.toBe('#/train');
  });

  it('trains on WebAssembly where the browser has no WebGPU, and is told why', async () => {
    const page = await openPage((fresh) =>
      fresh.addInitScript(() => Object.defineProperty(Navigator.prototype, 'gpu', { value: undefined })),
    );
    await enter(page, 'Training steps', '1600');
    await page.getByRole('button', { name: 'Start training' }).click();
    await page.getByText(/^Done after/).waitFor({ timeout: 60_000 });
    await page.getByRole('region', { name: 'Engine' }).getByText('WebAssembly').first().waitFor();
  });

  it('sees how to serve the page where the server does not isolate it', async () => {
    const page = await openPage(async (fresh) => {
      // Else the page's own service worker adds what the server does not send.
      await fresh.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'serviceWorker'));
      await fresh.route(
        (url) => url.pathname === '/', // The document alone decides whether the page is isolated.
        async (route) => {
          const response = await route.fetch();
          const {
            'cross-origin-opener-policy': _,
            'cross-origin-embedder-policy': __,
            ...headers
          } = response.headers();
          await route.fulfill({ response, headers });
        },
      );
    });
    await page.getByText('Cross-Origin-Opener-Policy').first().waitFor();
    expect(await page.getByRole('button', { name: 'Start training' }).count()).toBe(0);
  });
});
