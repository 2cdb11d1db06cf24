/** Browsers that lack something, imitated by taking it away: each trains all the same, or says in a sentence why it cannot. */
import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { browserForThisFile } from './browser.ts';

const openPage = browserForThisFile();

/** A page and workers in which `script` ran before anything else. */
const openWithout = (script: string): Promise<Page> =>
  openPage(async (fresh) => {
    await fresh.addInitScript(script);
    await fresh.addInitScript('delete Navigator.prototype.serviceWorker'); // It would hand out workers as they are.
    // Workers run no init script, so it is put before their own.
    await fresh.route(/worker-[^/]*\.js$/i, async (route) => {
      const response = await route.fetch().catch(() => null);
      if (!response) return; // The page was closed meanwhile.
      await route.fulfill({ response, body: `${script};\n${await response.text()}` });
    });
  });

async function train(page: Page): Promise<void> {
  await page.getByRole('combobox', { name: 'Learner device' }).selectOption('cpu');
  await page.getByRole('textbox', { name: 'Training steps', exact: true }).fill('1600');
  await page.keyboard.press('Control+Enter');
}

const trainToTheEnd = async (page: Page): Promise<void> => {
  await train(page);
  await page.getByText(/^Done after/).waitFor({ timeout: 60_000 });
};

describe('A first run', () => {
  it('comes to its end without Atomics.waitAsync, as in Firefox before 145', async () => {
    const page = await openWithout('delete Atomics.waitAsync');
    await trainToTheEnd(page);
    expect(await page.workers()[0]!.evaluate(() => typeof Atomics.waitAsync)).toBe('undefined');
  });

  it('is trained, evaluated and replayed without OffscreenCanvas; the pictures say why they are missing', async () => {
    const page = await openWithout(
      'delete globalThis.OffscreenCanvas; delete globalThis.HTMLCanvasElement?.prototype.transferControlToOffscreen',
    );
    await trainToTheEnd(page);
    const sentence = 'No picture: this browser does not let workers draw';
    await page.getByRole('region', { name: 'Live policy' }).getByText(sentence).waitFor();
    await page.getByRole('link', { name: 'Evaluate' }).click();
    await page.getByRole('button', { name: 'Evaluate', exact: true }).click();
    const player = page.getByRole('region', { name: 'Player' });
    await player.getByText(sentence).waitFor();
    await player.getByText(/^step \d+ of [1-9]/).waitFor();
    await page.getByRole('button', { name: 'Record', exact: true }).click();
    await page.getByRole('button', { name: 'Record a video' }).click();
    await page.getByRole('alert').getByText('so it cannot film').waitFor();
  });

  it('is kept in the database where a page cannot write files, as in Safari before 26', async () => {
    const page = await openWithout('delete globalThis.FileSystemFileHandle?.prototype.createWritable');
    await trainToTheEnd(page);
    await page.getByRole('link', { name: /^Runs/ }).click();
    await page.getByRole('row').filter({ hasText: 'Done' }).waitFor();
    await page.reload();
    await page.getByRole('link', { name: 'Export' }).click();
    await page.getByRole('button', { name: 'Download weights', exact: true }).waitFor();
  });

  it('is possible where every use of localStorage throws, as where a site may keep no data', async () => {
    const page = await openWithout(
      "Object.defineProperty(globalThis, 'localStorage', { get() { throw new DOMException('Denied.', 'SecurityError') } })",
    );
    await page.getByRole('button', { name: /^Switch to the/ }).click();
    await trainToTheEnd(page);
  });

  it('says that it needs Web Locks where they are denied', async () => {
    const page = await openWithout(
      "LockManager.prototype.request = () => Promise.reject(new DOMException('Denied.', 'SecurityError'))",
    );
    await train(page);
    await page.getByText('This browser denies the page Web Locks').first().waitFor();
  });
});

it('A browser that is too old is told so, and which would do', async () => {
  const page = await openWithout('delete HTMLElement.prototype.popover');
  await page.getByText('This browser is too old for Pronk: it lacks popovers.').waitFor();
});
