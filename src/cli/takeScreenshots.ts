/** `npm run docs:screenshots` takes the pictures of the README from the running app. */
import { join } from 'node:path';
import { chromium } from 'playwright';
import { runCommand } from './command.ts';
import { chromiumArguments, findChromium } from './findChromium.ts';
import { serveApp } from './serveApp.ts';

const docs = join(import.meta.dirname, '../../docs');

/** Runs in the page: whether this share of the training is done. */
function hasTrainedFor(share: number): boolean {
  const bar = document.querySelector('[role=progressbar]');
  return Number(bar?.getAttribute('aria-valuenow') ?? 0) >= share * Number(bar?.getAttribute('aria-valuemax') ?? 1);
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
      await page.waitForFunction(hasTrainedFor, 0.8, { timeout: 300_000 });
      await page.screenshot({ path: join(docs, 'screenshot-train.png') });
    } finally {
      await browser.close();
      await app.close();
    }
  });
