/** `npm run docs:screenshots` takes the pictures of the README from the running app. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright';
import { runCommand } from './command.ts';
import { chromiumArguments, findChromium } from './findChromium.ts';
import { serveApp } from './serveApp.ts';

const docs = join(import.meta.dirname, '../../docs');

/** Runs in the page: whether this share of the training is done. */
function hasTrainedFor(share: number): boolean {
  const bar = document.querySelector('[role=progressbar]');
  return Number(bar?.getAttribute('aria-valuenow') ?? 0) >= share * Number(bar?.getAttribute('aria-valuemax') ?? 1);
}

/** Compares the weights of the end of training with earlier ones, given as a file. */
async function takeEvaluation(page: Page, earlier: string): Promise<void> {
  await page.getByText(/^Done after/).waitFor({ timeout: 300_000 });
  await page.getByRole('link', { name: 'Evaluate' }).click();
  const buffer = await readFile(earlier);
  const file = { name: 'early.safetensors', mimeType: 'application/octet-stream', buffer };
  await page.getByLabel('Weights file to evaluate').setInputFiles(file);
  await page.getByRole('combobox', { name: 'Compare with' }).selectOption({ index: 1 });
  await page.getByRole('button', { name: 'Evaluate', exact: true }).click();
  await page.getByText('Second minus first').waitFor({ timeout: 60_000 });
  await page.getByText(/^step \d+ of [1-9]/).waitFor();
  await page.getByRole('slider', { name: 'Step of the episode' }).fill('30');
  await page.waitForTimeout(500);
  await page.screenshot({ path: join(docs, 'screenshot-evaluate.png') });
}

export const main = (): Promise<void> =>
  runCommand(async () => {
    const executablePath = await findChromium();
    const app = await serveApp();
    const browser = await chromium.launch({ executablePath, args: [...chromiumArguments] });
    try {
      const page = await browser.newPage({ viewport: { width: 1440, height: 960 }, deviceScaleFactor: 1.5 });
      await page.goto(app.url);
      await page.getByRole('combobox', { name: 'Learner device' }).selectOption('wasm');
      await page.waitForTimeout(2000); // The preview has begun to move.
      await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
      await page.screenshot({ path: join(docs, 'screenshot-configure.png') });

      await page.getByRole('button', { name: 'Start training' }).click();
      await page.waitForFunction(hasTrainedFor, 0.1, { timeout: 300_000 });
      const earlier = page.waitForEvent('download');
      await page.getByRole('button', { name: /^Weights/ }).click();
      await page.waitForFunction(hasTrainedFor, 0.8, { timeout: 300_000 });
      await page.screenshot({ path: join(docs, 'screenshot-train.png') });
      await takeEvaluation(page, await (await earlier).path());
    } finally {
      await browser.close();
      await app.close();
    }
  });
