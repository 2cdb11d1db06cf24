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

    const guide = await page.getByRole('link', { name: 'Add your own' }).getAttribute('href');
    const response = await page.request.get(new URL(guide!, page.url()).href);
    expect(await response.text()).toMatch(/^# Adding an environment/);
    expect(await page.locator('code', { hasText: /^--num-train-steps$/ }).count()).toBe(1); // A flag that the command takes.
  });

  it('takes the configuration away as JSON, and brings it back', async () => {
    const page = await openPage();
    const name = page.getByRole('textbox', { name: 'Name of the run' });
    expect(await name.inputValue()).toBe('');
    expect(await name.getAttribute('placeholder')).toBe('cartpole-impala');
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

  it('learns how long all of it would take, from its actors, then from a dry run of which nothing stays', async () => {
    const page = await openPage();
    const estimate = page.getByRole('region', { name: 'Estimate' });
    await estimate.getByText('not measured yet').waitFor();
    await estimate.getByText(/actors? plays? .* steps\/s here/).waitFor({ timeout: 30_000 });
    expect(await estimate.textContent()).toMatch(/Time for 300k stepsat least .* s/);
    const preview = page.getByRole('region', { name: /^Preview/ });
    expect(await preview.textContent()).toMatch(/Step cost[\d.]+ µs here/);
    await page.getByRole('radio', { name: /^Acrobot-v1/ }).press('Space');
    const pole = page.getByText(/300k steps: at least/);
    await expect.poll(() => pole.count()).toBe(1); // The list tells it still, and nothing of what was never measured.
    await page.getByRole('radio', { name: /^CartPole-v1/ }).press('Space');
    await page.reload();
    await estimate.getByText(/^Time for/).waitFor();
    expect(await estimate.textContent()).toMatch(/steps\/s here/); // It is not measured again.

    await page.getByRole('combobox', { name: 'Learner device' }).selectOption('wasm');
    const panel = page.getByRole('region', { name: 'Dry run' });
    await panel.getByRole('button', { name: /^Train for/ }).click();
    await estimate.getByText(/measured by the dry run/).waitFor({ timeout: 60_000 });
    await page.getByRole('textbox', { name: 'Batch size', exact: true }).fill('4');
    await panel.getByText('Settings have changed since it was measured.').waitFor();
    await page.getByRole('link', { name: /^Runs/ }).click();
    expect(await page.getByRole('row').count()).toBe(0);
  });

  it('sees an encoder that does not fit explained, not a broken page, and takes the value that is offered', async () => {
    const page = await openPage();
    await page.goto(`${page.url()}#/configure?preset=cartpole&encoder=nature`);
    await page.getByRole('button', { name: 'Start training' }).click();
    await page.getByText(/needs an image \[height, width, channels\]/).waitFor();
    const encoder = page.getByRole('combobox', { name: 'Encoder' });
    await expect.poll(() => encoder.evaluate((select) => select === document.activeElement)).toBe(true);
    await page.getByRole('button', { name: 'Use auto for Encoder' }).click();
    expect(await encoder.inputValue()).toBe('auto');
    expect(await encoder.evaluate((select) => select === document.activeElement)).toBe(true);
    expect(await page.getByText(/needs an image/).count()).toBe(0);
    await page.getByRole('radio', { name: 'APPO' }).press('Space');
    await page.getByRole('button', { name: 'Reset Algorithm to impala' }).waitFor();
  });

  it('edits the layers of a named encoder, by keyboard, beside the text that says the same', async () => {
    const page = await openPage();
    await page.goto(`${page.url()}#/configure?preset=breakout`);
    await page.getByRole('button', { name: 'Edit the layers of minatar' }).click();
    const text = page.getByRole('textbox', { name: 'Encoder layers' });
    const layer = (n: number) => page.getByRole('listitem', { name: new RegExp(`^Layer ${n}:`) });
    await layer(2).waitFor();
    expect(await text.inputValue()).toBe('conv 16 3x3 stride 1 pad 0 relu, dense 128 relu');
    expect(await layer(1).textContent()).toContain('8 × 8 × 16');

    const filters = layer(1).getByRole('textbox', { name: 'Filters' });
    await filters.press('ArrowUp');
    expect(await text.inputValue()).toContain('conv 20 3x3');
    await filters.press('Control+Shift+ArrowDown');
    expect(await text.inputValue()).toBe('dense 128 relu, conv 20 3x3 stride 1 pad 0 relu');
    await layer(2).getByText('Put it before the dense layers.').waitFor();
    expect(await page.evaluate(() => document.activeElement?.closest('li')?.ariaLabel)).toBe('Layer 2: conv');

    await page.getByRole('button', { name: 'Start training' }).click();
    await expect.poll(() => text.evaluate((input) => input === document.activeElement)).toBe(true);
    await page.getByRole('button', { name: 'Move layer 2 up' }).press('Enter');
    await page.getByRole('button', { name: 'Add relu' }).click();
    await layer(2).getByRole('textbox', { name: 'Units' }).fill('many');
    await layer(2).getByRole('textbox', { name: 'Units' }).blur();
    await layer(2).getByText('Units must be a whole number, not "many".').waitFor();
    await text.fill('conv 4 3x3, dense 32');
    await expect.poll(() => page.getByRole('listitem', { name: /^Layer/ }).count()).toBe(2);
    await page.getByRole('button', { name: 'Remove layer 2' }).click();
    await layer(1)
      .getByText(/must end with a dense layer/)
      .waitFor();
  });
});
