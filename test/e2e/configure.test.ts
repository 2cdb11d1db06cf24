import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { hyperparametersOf } from '../../src/config/presets.ts';
import { browserForThisFile } from './browser.ts';

const openPage = browserForThisFile();

describe('Before a run, a person', () => {
  it('plays the environment with the arrow keys, beside what chance gets', async () => {
    const page = await openPage();
    await page.getByRole('button', { name: 'Play it' }).click();
    const screen = page.getByRole('application', { name: /CartPole-v1, played by you/ });
    await expect.poll(() => screen.textContent()).toMatch(/you 0.0, step 0; chance gets \d/);
    await page.waitForTimeout(300);
    expect(await screen.textContent()).toContain('step 0'); // Nothing moves until a key is pressed.
    await page.keyboard.down('ArrowRight');
    await expect.poll(() => screen.textContent()).toMatch(/over, you \d+/); // One side alone lets the pole fall.
    await page.keyboard.up('ArrowRight');
    await page.getByRole('button', { name: '← left' }).click();
    await expect.poll(() => screen.textContent()).toMatch(/^you/);
  });

  it('takes the configuration away as JSON, and brings it back', async () => {
    const page = await openPage();
    await page.getByRole('textbox', { name: 'Learning rate', exact: true }).fill('1e-5');
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'JSON', exact: true }).click(),
    ]);
    const json = await readFile(await file.path());
    expect(JSON.parse(json.toString())).toEqual(hyperparametersOf('cartpole', { lr: 1e-5 }));
    await page.getByRole('button', { name: 'Reset all' }).click();
    await page
      .getByLabel('Configuration file')
      .setInputFiles({ name: 'mine.json', mimeType: 'application/json', buffer: json });
    await expect
      .poll(() => page.getByRole('textbox', { name: 'Learning rate', exact: true }).inputValue())
      .toBe('0.00001');
  });

  it('learns from a dry run how long all of it would take, and nothing of it stays', async () => {
    const page = await openPage();
    await page.getByRole('combobox', { name: 'Learner device' }).selectOption('wasm');
    const panel = page.getByRole('region', { name: 'Dry run' });
    await panel.getByRole('button', { name: /^Train for/ }).click();
    await panel.getByText('measured here').waitFor({ timeout: 60_000 });
    await page.getByRole('textbox', { name: 'Batch size', exact: true }).fill('4');
    await panel.getByText('Settings have changed since it was measured.').waitFor();
    await page.getByRole('link', { name: /^Runs/ }).click();
    expect(await page.getByRole('row').count()).toBe(0);
  });

  it('sees an encoder that does not fit explained, not a broken page', async () => {
    const page = await openPage();
    await page.goto(`${page.url()}#/configure?preset=cartpole&encoder=custom&encoderLayers=conv+16+3x3`);
    await page.getByRole('button', { name: 'Start training' }).click();
    await page.getByText(/needs an image \[height, width, channels\]/).waitFor();
  });
});
