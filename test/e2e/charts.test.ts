import { readFile } from 'node:fs/promises';
import { unzipSync } from 'fflate';
import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { findBarriers } from './barriers.ts';
import { browserForThisFile } from './browser.ts';

const openPage = browserForThisFile();

async function trainShortly(page: Page): Promise<void> {
  await page.getByRole('combobox', { name: 'Learner device' }).selectOption('cpu');
  await page.getByRole('textbox', { name: 'Training steps', exact: true }).fill('1600');
  await page.keyboard.press('Control+Enter');
  await page.getByText(/^Done after/).waitFor({ timeout: 90_000 });
}

const openMenu = (page: Page, chart: string) =>
  page.getByRole('button', { name: `Actions for the chart ${chart}` }).click();

async function choose(page: Page, chart: string, action: string): Promise<void> {
  await openMenu(page, chart);
  await page.locator(':popover-open').getByRole('button', { name: action }).click();
}

async function save(page: Page, chart: string, action: string): Promise<{ name: string; contents: Buffer }> {
  const [file] = await Promise.all([page.waitForEvent('download'), choose(page, chart, action)]);
  return { name: file.suggestedFilename(), contents: await readFile(await file.path()) };
}

/** Runs in the page: what an XML parser reads in a chart's file. */
function readSvg(text: string) {
  const root = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
  const textsOf = (selector: string) => [...root.querySelectorAll(selector)].map(({ textContent }) => textContent);
  return {
    tag: root.tagName,
    labels: textsOf('.x-label, .y-label'),
    legend: textsOf('.legend text'),
    numTicks: textsOf('.x-ticks text, .y-ticks text').length,
    numDots: root.querySelectorAll('path[stroke-linecap="round"]').length,
  };
}

describe('The charts of a run', () => {
  it('are saved as SVG, PNG and CSV, shown as a table, and drawn on other axes', async () => {
    const page = await openPage((fresh) => fresh.emulateMedia({ colorScheme: 'dark' }));
    await trainShortly(page);

    const svg = await save(page, 'Episode return', 'Save SVG');
    expect(svg.name).toMatch(/Episode_return\.svg$/);
    const read = await page.evaluate(readSvg, svg.contents.toString());
    expect(read).toMatchObject({ tag: 'svg', labels: ['Env steps', 'Episode return (reward)'] });
    expect(read.legend).toEqual(expect.arrayContaining(['episode', 'evaluation: IQM, 95 % interval']));
    expect(read.numTicks).toBeGreaterThan(5);
    expect(read.numDots).toBeGreaterThan(0);

    const png = (await save(page, 'Entropy', 'Save PNG')).contents;
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([2 * 640, 2 * 400]);

    const csv = (await save(page, 'Entropy', 'Save CSV')).contents.toString().split('\n');
    expect(csv[0]).toBe('frames,seconds,episodes,entropy');
    expect(Number(csv[1]!.split(',')[3])).toBeGreaterThan(0);

    await choose(page, 'Entropy', 'Show as table');
    const table = page.getByRole('dialog', { name: 'Entropy' });
    await table.getByRole('columnheader', { name: 'Env steps' }).waitFor();
    expect(await table.getByRole('row').count()).toBeGreaterThan(1);
    expect(await findBarriers(page)).toEqual([]);
    await page.keyboard.press('Escape');

    await choose(page, 'Entropy', 'Logarithmic y axis');
    await page.reload();
    const chart = page.getByRole('figure', { name: 'Entropy' });
    await chart.getByRole('button', { name: 'Linear y axis' }).click();
    await expect.poll(() => chart.getByRole('button', { name: 'Linear y axis' }).count()).toBe(0);
    await openMenu(page, 'Entropy');
    expect(await findBarriers(page)).toEqual([]);

    // The run is only stored by now.
    await page.getByRole('link', { name: 'Export' }).click();
    const button = page.getByRole('button', { name: 'Download charts', exact: true });
    const [zip] = await Promise.all([page.waitForEvent('download'), button.click()]);
    const pictures = Object.entries(unzipSync(new Uint8Array(await readFile(await zip.path()))));
    const numPngs = pictures.filter(([, contents]) => String.fromCharCode(...contents.subarray(1, 4)) === 'PNG').length;
    expect([pictures.length, numPngs]).toEqual([20, 10]);
  });

  it('are hidden, added and moved, fill the window, and are cut and searched with the keyboard', async () => {
    const page = await openPage();
    await trainShortly(page);
    const names = () =>
      page.locator('figure[data-chart]').evaluateAll((all) => all.map((figure) => figure.getAttribute('data-chart')));
    await choose(page, 'Policy loss', 'Hide');
    await page.getByRole('button', { name: 'Add chart' }).click();
    await page.locator(':popover-open').getByRole('button', { name: 'Episode length' }).click();
    await openMenu(page, 'Episode length');
    await page.locator(':popover-open').getByRole('button', { name: 'Move earlier' }).focus();
    await page.keyboard.press('Enter');
    const menu = page.getByRole('button', { name: 'Actions for the chart Episode length' });
    await expect.poll(() => menu.evaluate((button) => button === document.activeElement)).toBe(true);
    const changed = await names();
    expect(changed.slice(0, 2)).toEqual(['episodeReturn', 'baselineLoss']);
    expect(changed.slice(-2)).toEqual(['episodeLength', 'queue']);
    await page.reload();
    await expect.poll(names).toEqual(changed);
    await page.getByRole('button', { name: 'Default charts' }).click();
    expect(await names()).not.toContain('episodeLength');

    await page.keyboard.press('f'); // No chart is pointed at.
    const full = page.getByRole('dialog', { name: 'Chart 1 of 10' });
    await full.getByRole('figure', { name: 'Episode return' }).waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await page.keyboard.press('ArrowRight');
    await page.getByRole('dialog', { name: 'Chart 2 of 10' }).getByRole('figure', { name: 'Policy loss' }).waitFor();
    await page.keyboard.press('l');
    await page.getByRole('dialog').getByRole('button', { name: 'Linear y axis' }).waitFor();
    await page.keyboard.press('Escape');
    expect(await page.getByRole('dialog').count()).toBe(0);

    const plot = page.getByRole('slider', { name: 'Read the return' });
    await plot.focus();
    await page.keyboard.press('End');
    for (let i = 0; i < 3; i++) await page.keyboard.press('Shift+ArrowLeft');
    await page.keyboard.press('[');
    await page.getByRole('button', { name: 'Follow the run' }).waitFor();
    await page.keyboard.press('0');
    await expect.poll(() => page.getByRole('button', { name: 'Follow the run' }).count()).toBe(0);

    // A move of the pointer is read in all charts, and draws none of them.
    const entropy = page.getByRole('figure', { name: 'Entropy' }).getByRole('status');
    await page.evaluate(() => {
      const changes = new MutationObserver((mutations) => {
        document.body.dataset.numChanges = String(mutations.length);
      });
      for (const chart of document.querySelectorAll('.recharts-wrapper'))
        changes.observe(chart, { subtree: true, childList: true, attributes: true });
    });
    const { width } = (await plot.boundingBox())!;
    await plot.hover({ position: { x: width - 40, y: 100 } });
    await plot.getByText('moving average').waitFor();
    await expect.poll(() => plot.getAttribute('aria-valuetext')).toMatch(/^step 1.\d\d\d: /);
    await plot.hover({ position: { x: 60, y: 100 } });
    await expect.poll(() => entropy.textContent()).toBe('–'); // Before the first update.
    await page.getByRole('heading', { level: 1 }).hover();
    await expect.poll(() => entropy.textContent()).toMatch(/^\d/);
    expect(await page.evaluate(() => document.body.dataset.numChanges)).toBe(undefined);

    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Name' }).fill('go runs');
    await page.getByRole('option', { name: 'Go to Runs', selected: true }).waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Runs', exact: true }).waitFor();
  });
});
