import { describe, expect, it } from 'vitest';
import { findBarriers } from './barriers.ts';
import { browserForThisFile } from './browser.ts';

const openPage = browserForThisFile();

describe('Somebody who uses a keyboard or a screen reader', () => {
  it.each(['light', 'dark'] as const)('meets no barrier that axe knows in the %s theme', async (colorScheme) => {
    const page = await openPage((fresh) => fresh.emulateMedia({ colorScheme }));
    await page.getByRole('button', { name: 'Start training' }).waitFor();
    expect(await findBarriers(page)).toEqual([]);

    await page.getByRole('textbox', { name: 'Training steps', exact: true }).fill('1600');
    await page.keyboard.press('Control+Enter');
    await page.getByText(/^Done after/).waitFor({ timeout: 60_000 });
    expect(await findBarriers(page)).toEqual([]);
  });
});
