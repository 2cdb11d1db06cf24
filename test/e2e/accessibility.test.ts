import { describe, expect, it } from 'vitest';
import { findBarriers } from './barriers.ts';
import { browserForThisFile } from './browser.ts';

const openPage = browserForThisFile();

describe('Somebody who uses a keyboard or a screen reader', () => {
  it.each(['light', 'dark'] as const)('meets no barrier that axe knows in the %s theme', async (colorScheme) => {
    const page = await openPage((fresh) => fresh.emulateMedia({ colorScheme }));
    await page.getByRole('button', { name: 'Start training' }).waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole('button', { name: 'Edit the layers of mlp' }).click();
    await page.getByRole('listitem', { name: 'Layer 2: dense' }).waitFor();
    expect(await findBarriers(page)).toEqual([]);

    await page.getByRole('textbox', { name: 'Training steps', exact: true }).fill('1600');
    await page.keyboard.press('Control+Enter');
    await page.getByText(/^Done after/).waitFor({ timeout: 60_000 });
    expect(await findBarriers(page)).toEqual([]);
  });

  it.each(['light', 'dark'] as const)('meets none among the runs in the %s theme', async (colorScheme) => {
    const page = await openPage((fresh) => fresh.emulateMedia({ colorScheme }));
    await page.getByRole('link', { name: /^Runs/ }).click();
    await page.getByRole('heading', { name: 'No runs yet' }).waitFor();
    expect(await findBarriers(page)).toEqual([]);

    await page.getByRole('link', { name: 'Configure', exact: true }).click();
    await page.getByRole('textbox', { name: 'Training steps', exact: true }).fill('1600');
    await page.getByText('Several runs').click();
    await page.getByRole('textbox', { name: 'Values' }).fill('1, 2');
    await page.getByRole('button', { name: 'Queue 2 runs' }).click();
    await expect.poll(() => page.getByRole('row').filter({ hasText: 'Done' }).count(), { timeout: 60_000 }).toBe(2);
    await page.getByRole('checkbox', { name: 'Mark all runs' }).check();
    expect(await findBarriers(page)).toEqual([]);
    await page
      .getByRole('button', { name: /^Actions for/ })
      .first()
      .click();
    await page.locator(':popover-open').getByRole('button', { name: 'Name, colour, note' }).click();
    expect(await findBarriers(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await findBarriers(page)).toEqual([]);

    await page.getByRole('button', { name: 'Compare 2' }).click();
    await page.getByRole('list', { name: 'Legend' }).getByRole('listitem').nth(1).waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole('link', { name: 'All runs' }).click();
    await page.locator('tbody a').last().click();
    await page.getByText(/^Stored after/).waitFor();
    expect(await findBarriers(page)).toEqual([]);
  });
});
