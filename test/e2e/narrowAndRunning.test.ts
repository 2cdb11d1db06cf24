import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { findBarriers } from './barriers.ts';
import { browserForThisFile } from './browser.ts';

const openPage = browserForThisFile();

const themes = ['light', 'dark'] as const;

/** How far the page can be scrolled sideways, in CSS pixels. */
const sidewaysScroll = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

describe('On a screen of 320 pixels (WCAG 1.4.10)', () => {
  it.each(themes)('nothing scrolls sideways and axe finds no barrier in the %s theme', async (colorScheme) => {
    const page = await openPage(async (fresh) => {
      await fresh.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await fresh.setViewportSize({ width: 320, height: 640 });
    });
    await page.getByRole('button', { name: 'Play it' }).click();
    await page.getByRole('application').waitFor();
    expect(await findBarriers(page)).toEqual([]);
    expect(await sidewaysScroll(page)).toBe(0);
    await page.getByRole('textbox', { name: 'Training steps', exact: true }).fill('1G');
    await page.getByRole('button', { name: 'Start training' }).click();
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    await page.getByRole('button', { name: 'Resume' }).waitFor();
    expect(await findBarriers(page)).toEqual([]);
    expect(await sidewaysScroll(page)).toBe(0);
  });
});

describe('With the keyboard alone', () => {
  it('a run is configured, started, paused, looked at and stopped', async () => {
    const page = await openPage((fresh) => fresh.emulateMedia({ reducedMotion: 'reduce' }));
    await page.getByRole('button', { name: 'Start training' }).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('Acrobot');
    await expect.poll(() => page.getByRole('radio', { name: /Acrobot/ }).count()).toBe(1);
    await page.getByRole('radio', { name: /Acrobot/ }).focus();
    await page.keyboard.press('Space');
    await page.getByRole('region', { name: 'Preview of Acrobot-v1' }).waitFor();
    await page.keyboard.press('Control+Enter');
    const pause = page.getByRole('button', { name: 'Pause', exact: true });
    await expect.poll(() => pause.isEnabled()).toBe(true);
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Resume' }).waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Stop', exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.getByText(/^Stopped after/).waitFor();
  });
});
