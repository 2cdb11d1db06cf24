import type { Locator, Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { browserForThisFile } from './browser.ts';

const openPage = browserForThisFile();

/** A run that nobody will see the end of. */
async function startLongRun(): Promise<Page> {
  const page = await openPage();
  await page.getByRole('combobox', { name: 'Learner device' }).selectOption('wasm');
  await page.getByRole('textbox', { name: 'Training steps', exact: true }).fill('1G');
  await page.getByRole('button', { name: 'Start training' }).click();
  await page.getByRole('button', { name: 'Pause', exact: true }).waitFor();
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  return page;
}

/** Scrolls there until it is: what grows above pushes a panel out of sight, where nothing is drawn. */
const untilTrueAt = (panel: Locator, isTrue: () => Promise<boolean>): Promise<void> =>
  expect
    .poll(
      async () => {
        await panel.scrollIntoViewIfNeeded();
        return isTrue();
      },
      { timeout: 30_000 },
    )
    .toBe(true);

describe('While a run goes on', () => {
  it('its learning rate is changed, and the change is logged and marked', async () => {
    const page = await startLongRun();
    const field = page
      .getByRole('region', { name: 'Change while training' })
      .getByLabel('Learning rate', { exact: true });
    await field.fill('three');
    await field.press('Enter');
    await page.getByRole('region', { name: 'Change while training' }).getByRole('alert').waitFor();
    await field.fill('1e-5');
    await field.press('Enter');
    const logged = page.getByText(/^Learning rate changed from .* to 0\.00001\./);
    await untilTrueAt(page.getByRole('region', { name: 'Log', exact: true }), () => logged.isVisible());
    const mark = page.getByTitle(/^Learning rate .* at step/);
    const ruler = page.getByRole('progressbar', { name: 'Progress of the run' });
    await untilTrueAt(ruler, async () => (await mark.count()) > 0);
    const chart = page.getByRole('figure', { name: 'Learning rate' });
    await untilTrueAt(chart, async () => (await chart.locator('output').textContent())!.includes('e−'));
  });

  it('the keyboard freezes the numbers, pauses, lists the keys, and can be switched off', async () => {
    const page = await startLongRun();
    const progress = () => page.getByRole('progressbar', { name: 'Progress of the run' }).getAttribute('aria-valuenow');
    // What has not had a turn yet has its first one even while frozen.
    const first = await progress();
    await expect.poll(progress, { timeout: 30_000 }).not.toBe(first);
    await page.keyboard.press('.');
    await page.getByRole('button', { name: 'Frozen' }).waitFor();
    const frozen = await progress();
    await page.waitForTimeout(1000);
    expect(await progress()).toBe(frozen);
    await page.keyboard.press('.');
    await expect.poll(progress, { timeout: 15_000 }).not.toBe(frozen);

    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Resume' }).waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard' }).getByText('Pause or resume').waitFor();
    await page.getByRole('checkbox', { name: 'Single keys act' }).uncheck();
    await page.keyboard.press('Escape');
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await page.keyboard.press('Space');
    await page.keyboard.press('g');
    await page.keyboard.press('c');
    expect(await page.getByRole('button', { name: 'Resume' }).count()).toBe(1);
  });
});
