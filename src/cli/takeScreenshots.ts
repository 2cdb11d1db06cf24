/**
 * `npm run docs:screenshots` takes the pictures of docs/screens.md from the running app: every screen at three widths, light and dark.
 * They are WebP, which the browser itself encodes.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright';
import { runCommand } from './command.ts';
import { chromiumArguments, findChromium } from './findChromium.ts';
import { serveApp } from './serveApp.ts';

const folder = join(import.meta.dirname, '../../docs/screens');

const sizes = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
] as const;
const themes = ['light', 'dark'] as const;
const quality = 0.82;

const timeout = 600_000;

class Photographer {
  readonly #page: Page;
  /** Encodes, so that the page itself need not. */
  readonly #darkroom: Page;

  constructor(page: Page, darkroom: Page) {
    this.#page = page;
    this.#darkroom = darkroom;
  }

  /** `train-1440-light.webp` and its five sisters. */
  async take(name: string): Promise<void> {
    await this.#page.mouse.move(0, 0); // Over nothing.
    for (const size of sizes) {
      await this.#page.setViewportSize(size);
      for (const colorScheme of themes) {
        await this.#page.emulateMedia({ colorScheme });
        await this.#page.evaluate(() => {
          (document.activeElement as HTMLElement | null)?.blur();
          scrollTo(0, 0);
        });
        await this.#page.waitForTimeout(1200); // Charts and pictures take their new size and colours.
        const picture = await this.#page.screenshot();
        await writeFile(join(folder, `${name}-${size.width}-${colorScheme}.webp`), await this.#toWebp(picture));
      }
    }
    await this.#page.setViewportSize(sizes[0]);
  }

  async #toWebp(png: Buffer): Promise<Buffer> {
    const base64 = await this.#darkroom.evaluate(
      async ([source, wanted]) => {
        const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${source}`)).blob());
        const canvas = document.createElement('canvas');
        [canvas.width, canvas.height] = [bitmap.width, bitmap.height];
        canvas.getContext('2d')!.drawImage(bitmap, 0, 0);
        return canvas.toDataURL('image/webp', wanted).split(',')[1]!;
      },
      [png.toString('base64'), quality] as const,
    );
    return Buffer.from(base64, 'base64');
  }
}

/** Runs in the page: whether this share of the training is done. */
function hasTrainedFor(share: number): boolean {
  const bar = document.querySelector('[role=progressbar]');
  return Number(bar?.getAttribute('aria-valuenow') ?? 0) >= share * Number(bar?.getAttribute('aria-valuemax') ?? 1);
}

interface Training {
  readonly name: string;
  readonly steps: string;
  readonly seed: string;
  readonly learningRate?: string;
}

async function configure(page: Page, { name, steps, seed, learningRate = '0.005' }: Training): Promise<void> {
  await page.getByRole('link', { name: 'Configure', exact: true }).click();
  await page.getByRole('combobox', { name: 'Learner device' }).selectOption('wasm');
  const values = { 'Name of the run': name, 'Training steps': steps, Seed: seed, 'Learning rate': learningRate };
  for (const [label, text] of Object.entries(values)) {
    await page.getByRole('textbox', { name: label, exact: true }).fill(text);
    await page.keyboard.press('Tab');
  }
}

const start = (page: Page): Promise<void> => page.getByRole('button', { name: 'Start training' }).click();

/** Runs of other seeds, one after another. */
async function queue(page: Page, seeds: string): Promise<void> {
  await page.getByText('Several runs').click();
  await page.getByRole('textbox', { name: 'Values' }).fill(seeds);
  await page.getByRole('button', { name: /^Queue \d runs/ }).click();
}

async function takeAll(page: Page, photographer: Photographer): Promise<void> {
  const take = (name: string) => photographer.take(name);
  await page.getByRole('button', { name: 'Start training' }).waitFor();
  await page.waitForTimeout(4000); // The preview has begun to move, the estimate is there.
  await take('configure');
  await page.getByRole('button', { name: 'I know my way' }).click();

  await configure(page, { name: 'pole', steps: '300000', seed: '1' });
  await queue(page, '1, 2, 3, 4');
  await page.getByRole('link', { name: /^Runs/ }).click();
  await page.locator('tbody tr').filter({ hasText: 'Done' }).nth(3).waitFor({ timeout });

  await configure(page, { name: 'long', steps: '3M', seed: '7', learningRate: '0.001' });
  await start(page);
  await page.waitForFunction(hasTrainedFor, 0.15, { timeout });
  await take('train-running');
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await page.getByText(/^Stopped after/).waitFor({ timeout });

  await configure(page, { name: 'final', steps: '400000', seed: '2' });
  await start(page);
  await page.waitForFunction(hasTrainedFor, 0.1, { timeout });
  await page.getByRole('button', { name: 'Keep present weights' }).click();
  await page.getByText(/^Done after/).waitFor({ timeout });
  await take('train-finished');

  await page.getByRole('link', { name: 'Export' }).click();
  await page.getByRole('button', { name: 'Download weights', exact: true }).waitFor();
  await take('export');

  await page.getByRole('link', { name: /^Runs/ }).click();
  await page.getByRole('checkbox', { name: 'Mark all runs' }).check();
  await take('runs');
  await page.getByRole('checkbox', { name: 'Mark all runs' }).uncheck();
  await page.getByRole('searchbox', { name: 'Filter runs' }).fill('pole-seed');
  await page.getByRole('checkbox', { name: 'Mark all runs' }).check();
  await page.getByRole('button', { name: 'Compare 4' }).click();
  await page.getByRole('list', { name: 'Legend' }).getByRole('listitem').nth(3).waitFor();
  await take('compare');

  await page.getByRole('link', { name: 'Evaluate' }).click();
  const early = page.getByRole('option', { name: /^final, saved, [\d.]+k env steps$/ });
  const others = page.getByRole('combobox', { name: 'Compare with' });
  await others.selectOption(await others.locator(early).first().getAttribute('value'));
  await page.getByRole('button', { name: 'Evaluate', exact: true }).click();
  await page.getByText('Second minus first').waitFor({ timeout: 60_000 });
  await page.getByText(/^step \d+ of [1-9]/).waitFor();
  await page.getByRole('slider', { name: 'Step of the episode' }).fill('30');
  await take('evaluate');

  await page.getByRole('link', { name: /threads/ }).click();
  await page.getByRole('button', { name: 'Measure quickly' }).click();
  await page.getByRole('button', { name: 'Measure quickly', disabled: false }).waitFor({ timeout });
  await take('benchmark');
}

export const main = (): Promise<void> =>
  runCommand(async () => {
    await mkdir(folder, { recursive: true });
    const executablePath = await findChromium();
    const app = await serveApp();
    const browser = await chromium.launch({ executablePath, args: [...chromiumArguments] });
    try {
      const page = await browser.newPage({ viewport: sizes[0] });
      await page.goto(app.url);
      await takeAll(page, new Photographer(page, await browser.newPage()));
    } finally {
      await browser.close();
      await app.close();
    }
  });
