import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { browserForThisFile } from './browser.ts';

const openPage = browserForThisFile();

async function enter(page: Page, label: string, text: string): Promise<void> {
  await page.getByRole('textbox', { name: label, exact: true }).fill(text);
  await page.keyboard.press('Tab');
}

/** Trains CartPole on WebAssembly, with as many steps as are given, to its end. */
async function train(page: Page, name: string, steps: string, seed: string): Promise<void> {
  await page.getByRole('link', { name: 'Configure', exact: true }).click();
  await page.getByRole('combobox', { name: 'Learner device' }).selectOption('wasm');
  await enter(page, 'Name of the run', name);
  await enter(page, 'Training steps', steps);
  await enter(page, 'Seed', seed);
  await page.getByRole('button', { name: 'Start training' }).dblclick(); // As some do; it is one run all the same.
  await page.getByText(/^Done after/).waitFor({ timeout: 60_000 });
}

const goToRuns = (page: Page): Promise<void> => page.getByRole('link', { name: /^Runs/ }).click();
const row = (page: Page, name: string) =>
  page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) });
const rows = (page: Page) => page.locator('tbody tr');
const rowNames = (page: Page): Promise<string[]> => page.locator('tbody tr td:nth-child(2) a').allTextContents();

async function chooseAction(page: Page, run: string, action: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${run}`, exact: true }).click();
  await page.locator(':popover-open').getByRole('button', { name: action, exact: true }).click();
}

/** Env steps that the ruler of the run on show has reached. */
const reached = async (page: Page): Promise<number> =>
  Number(await page.getByRole('progressbar').getAttribute('aria-valuenow'));

describe('A person who trains more than once', () => {
  it('finds every run again after a reload: to rename, compare, delete, undo, take along and bring back', async () => {
    const page = await openPage();
    await train(page, 'pole', '8000', '1');
    await train(page, 'pole', '8000', '2');
    await page.reload();

    await page.getByRole('heading', { name: 'pole-2' }).waitFor();
    await page.getByText(/^Stored after/).waitFor();
    await page.getByRole('figure', { name: 'Episode return' }).waitFor();
    await goToRuns(page);
    await expect.poll(() => rowNames(page)).toEqual(['pole-2', 'pole']);
    expect(await row(page, 'pole').getByText('Done').count()).toBe(1);
    expect(await row(page, 'pole').getByText('IQM').count()).toBe(1);

    await chooseAction(page, 'pole', 'Name, colour, note');
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('first of all');
    await page.getByRole('textbox', { name: 'Note' }).fill('seed one');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect.poll(() => rowNames(page)).toEqual(['pole-2', 'first of all']);
    await page.getByRole('searchbox', { name: 'Filter runs' }).fill('seed=1 one');
    await expect.poll(() => rowNames(page)).toEqual(['first of all']);
    await page.getByRole('searchbox', { name: 'Filter runs' }).fill('');

    await page.getByRole('checkbox', { name: 'Mark all runs' }).check();
    await page.getByRole('button', { name: 'Compare 2' }).click();
    await page.getByRole('heading', { name: 'Compare 2 runs' }).waitFor();
    const legend = page.getByRole('list', { name: 'Legend' });
    await expect.poll(() => legend.getByRole('listitem').count()).toBe(2);
    const differences = page.getByRole('region', { name: 'Differences' });
    expect(await differences.getByRole('row').filter({ hasText: 'Seed' }).locator('td').allTextContents()).toEqual([
      '2',
      '1',
    ]);
    expect(await differences.getByText('Learning rate').count()).toBe(0);
    await page.getByRole('button', { name: 'Groups of seeds' }).click();
    await legend.getByText('IQM of seeds 2, 1').waitFor();

    await goToRuns(page);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      chooseAction(page, 'first of all', 'Export as zip'),
    ]);
    const zip = await readFile(await download.path());
    await chooseAction(page, 'first of all', 'Delete');
    await expect.poll(() => rowNames(page)).toEqual(['pole-2']);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => rowNames(page)).toEqual(['pole-2', 'first of all']);
    await chooseAction(page, 'first of all', 'Delete');
    await page.waitForTimeout(10_500); // What the toast gives to think better of it.
    await page.reload();
    await expect.poll(() => rowNames(page)).toEqual(['pole-2']);

    const file = { name: 'mine.zip', mimeType: 'application/zip', buffer: zip };
    await page.getByLabel('Archive of a run').setInputFiles({ ...file, buffer: zip.subarray(0, zip.length - 50) });
    await page.getByText('This archive cannot be imported').waitFor();
    await page.getByLabel('Archive of a run').setInputFiles(file);
    await page.getByText('the size and SHA-256 they were exported with').waitFor();
    await page.getByRole('button', { name: 'Import run' }).click();
    await expect.poll(() => rowNames(page)).toEqual(['pole-2', 'first of all']);
    await page.getByRole('link', { name: 'first of all' }).click();
    await page.getByText(/^Stored after 8.000 of/).waitFor();
  });

  it('is told when there is no room for the end of a run, takes its weights along, and has it stored once there is', async () => {
    const page = await openPage((fresh) =>
      fresh.addInitScript(() => {
        const { createWritable } = FileSystemFileHandle.prototype;
        FileSystemFileHandle.prototype.createWritable = function (options) {
          if ('hasRoom' in document.documentElement.dataset) return createWritable.call(this, options);
          return Promise.reject(new DOMException('The quota is exceeded.', 'QuotaExceededError'));
        };
      }),
    );
    await train(page, 'full', '8000', '1');
    await page.getByRole('alert').getByText('The quota is exceeded. Delete runs in Runs').waitFor();
    await page.getByRole('heading', { name: /^Done after .*, but not stored$/ }).waitFor();
    const asksBeforeLeaving = () =>
      page.evaluate(() => !dispatchEvent(new Event('beforeunload', { cancelable: true })));
    expect(await asksBeforeLeaving()).toBe(true);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download weights' }).click();
    expect((await download).suggestedFilename()).toBe('full-CartPole-v1.safetensors');
    expect((await readFile(await (await download).path())).byteLength).toBeGreaterThan(10_000);
    await goToRuns(page);
    await page.getByRole('button', { name: 'Actions for full', exact: true }).click();
    const actions = page.locator(':popover-open');
    await actions.getByRole('button', { name: 'Delete', exact: true }).waitFor();
    expect(await actions.getByRole('button', { name: /weights|resume/i }).count()).toBe(0);
    await page.keyboard.press('Escape');

    await page.evaluate(() => {
      document.documentElement.dataset.hasRoom = '';
    });
    await expect.poll(() => page.getByRole('alert').count(), { timeout: 10_000 }).toBe(0);
    await page.getByRole('link', { name: 'Train', exact: true }).click();
    await page.getByRole('heading', { name: /^Done after .* in \d+:\d\d$/ }).waitFor();
    expect(await asksBeforeLeaving()).toBe(false);
  });

  it('loses nothing to a reload in the middle, and resumes along the same curve', async () => {
    const page = await openPage();
    await page.getByRole('combobox', { name: 'Learner device' }).selectOption('wasm');
    await enter(page, 'Training steps', '1G');
    await page.getByRole('button', { name: 'Start training' }).click();
    await page.getByRole('button', { name: 'Pause', exact: true }).click({ timeout: 30_000 });
    await page.getByRole('button', { name: 'Resume' }).waitFor({ timeout: 30_000 });
    await page.waitForTimeout(1500); // A pause makes a checkpoint; this is time to write it.
    await page.getByRole('button', { name: 'Resume' }).click();
    await expect.poll(() => reached(page)).toBeGreaterThan(10_000);
    const before = await reached(page);
    await page.reload();

    await page.getByText(/^Interrupted after/).waitFor({ timeout: 30_000 });
    await page.keyboard.press('Space'); // There is nothing to pause: no key says so, and none does it.
    await page.keyboard.press('?');
    const keys = page.getByRole('dialog', { name: 'Keyboard' });
    await keys.waitFor();
    expect(await keys.getByText('Pause or resume').count()).toBe(0);
    await page.keyboard.press('Escape');
    const kept = await reached(page);
    expect(kept).toBeGreaterThanOrEqual(before);
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByRole('button', { name: 'Pause', exact: true }).waitFor({ timeout: 30_000 });
    await expect.poll(() => reached(page)).toBeGreaterThan(kept);
    await page.getByText(/^Resumed after \d+ updates/).waitFor();
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.getByText(/^Stopped after/).waitFor();
    await goToRuns(page);
    await expect.poll(() => rows(page).count()).toBe(1);
    await expect.poll(() => row(page, 'cartpole-impala').getByText('Stopped').count()).toBe(1);
  });

  it('walks through the table by keys', async () => {
    const page = await openPage();
    await train(page, 'pole', '1600', '1');
    await train(page, 'pole', '1600', '2');
    await goToRuns(page);
    await expect.poll(() => rowNames(page)).toEqual(['pole-2', 'pole']);
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await page.keyboard.press('k');
    expect(await page.evaluate(() => document.activeElement?.querySelector('a')?.textContent)).toBe('pole-2');
    await page.keyboard.press('c');
    await page.getByRole('heading', { name: 'Compare 2 runs' }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'Runs', exact: true }).waitFor();
    await page.keyboard.press('Delete');
    await expect.poll(() => rows(page).count()).toBe(0);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => rows(page).count()).toBe(2);
    await page.keyboard.press('/');
    await page.keyboard.type('pole-2');
    await expect.poll(() => rowNames(page)).toEqual(['pole-2']);
  });
});
