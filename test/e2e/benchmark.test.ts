import { describe, expect, it } from 'vitest';
import { findBarriers } from './barriers.ts';
import { browserForThisFile } from './browser.ts';

const openPage = browserForThisFile();

describe('The benchmark of the page', () => {
  it.each(['light', 'dark'] as const)(
    'draws bars as they come, and is copied as JSON, in the %s theme',
    async (colorScheme) => {
      const page = await openPage(async (fresh) => {
        await fresh.emulateMedia({ colorScheme });
        await fresh.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      });
      await page.getByRole('link', { name: /threads$/ }).click();
      await page.getByRole('heading', { name: 'Benchmark' }).waitFor();
      expect(await findBarriers(page)).toEqual([]);

      await page.getByRole('button', { name: 'Measure quickly' }).click();
      const environments = page.getByRole('region', { name: 'Environments' });
      await environments.getByRole('listitem').nth(1).waitFor({ timeout: 60_000 });
      await page.getByRole('button', { name: 'Stop' }).click();
      await page.getByText(/ measured\.$/).waitFor({ timeout: 60_000 });
      expect(await findBarriers(page)).toEqual([]);
      await page.setViewportSize({ width: 390, height: 844 });
      expect(await findBarriers(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);

      await page.getByRole('button', { name: 'Copy as JSON' }).click();
      await page.getByRole('button', { name: 'Copied' }).waitFor();
      const copied = JSON.parse(await page.evaluate(() => navigator.clipboard.readText()));
      expect(copied.env['CartPole-v1'].stepsPerSecond).toBeGreaterThan(0);
      expect(copied.machine.threads).toBeGreaterThan(0);
    },
  );
});
