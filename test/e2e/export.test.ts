import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { unzipSync } from 'fflate';
import { InferenceSession } from 'onnxruntime-web';
import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { decodeSafetensors } from '../../src/checkpoints/safetensors.ts';
import { browserForThisFile } from './browser.ts';

const openPage = browserForThisFile();

/** The contents and the name of the file that a click downloads. */
async function download(page: Page, button: string): Promise<{ name: string; contents: Uint8Array<ArrayBuffer> }> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button, exact: true }).click(),
  ]);
  return { name: file.suggestedFilename(), contents: new Uint8Array(await readFile(await file.path())) };
}

const chooseFormat = (page: Page, format: string) => page.getByRole('radio', { name: format }).check();

async function trainAndOpenExport(page: Page): Promise<void> {
  await page.getByRole('combobox', { name: 'Learner device' }).selectOption('cpu');
  await page.getByRole('textbox', { name: 'Training steps', exact: true }).fill('1600');
  await page.keyboard.press('Control+Enter');
  await page.getByText(/^Done after/).waitFor({ timeout: 90_000 });
  await page.getByRole('link', { name: 'Export' }).click();
  await page.getByRole('button', { name: 'Download weights', exact: true }).waitFor();
}

/** Opened from the disk, without network, it plays until an episode has ended. */
async function playsByItself(html: Uint8Array): Promise<void> {
  const file = join(await mkdtemp(join(tmpdir(), 'pronk-')), 'policy.html');
  await writeFile(file, html);
  const page = await openPage();
  await page.getByRole('button', { name: 'Start training' }).waitFor();
  await page.context().setOffline(true);
  await page.goto(pathToFileURL(file).href);
  await page.getByText(/mean of 1 finished episode/).waitFor({ timeout: 30_000 });
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByRole('button', { name: 'Go on' }).waitFor();
}

describe('A person who takes a trained policy away', () => {
  it('gets each format whole, a zip of what was ticked, code to use it, and a link that fills the form', async () => {
    const page = await openPage();
    await trainAndOpenExport(page);

    const weights = await download(page, 'Download weights');
    expect(weights.name).toMatch(/CartPole-v1\.safetensors$/);
    expect(Object.keys(decodeSafetensors(weights.contents).tensors)).toContain('policy.weight');
    const digest = await crypto.subtle.digest('SHA-256', weights.contents);
    await page.getByText(Buffer.from(digest).toString('hex')).waitFor();

    await chooseFormat(page, 'ONNX');
    const onnx = await download(page, 'Download weights');
    const { inputNames, outputNames } = await InferenceSession.create(onnx.contents);
    expect([...inputNames, ...outputNames]).toEqual(['observation', 'policy', 'baseline']);

    await chooseFormat(page, 'TensorFlow.js');
    const tfjs = unzipSync((await download(page, 'Download weights')).contents);
    expect(Object.keys(tfjs)).toEqual(['model.json', 'weights.bin']);

    await chooseFormat(page, 'NumPy');
    const npz = unzipSync((await download(page, 'Download weights')).contents);
    expect(Object.keys(npz)).toContain('policy.bias.npy');

    await chooseFormat(page, 'Web page');
    await playsByItself((await download(page, 'Download weights')).contents);

    const facts = await download(page, 'Download run-facts.json');
    expect(JSON.parse(new TextDecoder().decode(facts.contents))).toMatchObject({ status: 'finished', frames: 1600 });

    await page.getByRole('checkbox', { name: 'config.json' }).uncheck();
    await page.getByRole('checkbox', { name: 'All checkpoints' }).check();
    const zip = await download(page, 'Download zip');
    expect(zip.name).toMatch(/\.zip$/);
    const files = unzipSync(zip.contents);
    const names = Object.keys(files);
    expect(names).toEqual(expect.arrayContaining(['play.py', 'metrics.csv', 'episodes.csv', 'evaluations.json']));
    expect(names.some((name) => name.startsWith('events.out.tfevents.'))).toBe(true);
    expect(names).not.toContain('config.json');
    // The newest weights, those of the best evaluation, and where the run can be resumed.
    for (const name of ['weights-latest-1600', 'weights-best-1600']) {
      expect(Object.keys(decodeSafetensors(files[`${name}.safetensors`]!).tensors)).toContain('policy.weight');
    }
    expect(Object.keys(decodeSafetensors(files['checkpoint.safetensors']!).tensors)).toContain('moments');
    expect(JSON.parse(new TextDecoder().decode(files['evaluations.json']))).toMatchObject([{ isFinal: true }]);

    const film = await download(page, 'Record a video');
    expect(film.name).toMatch(/_2k_seed1000000_ret\d+\.(mp4|webm)$/);
    expect(film.contents.length).toBeGreaterThan(1000);

    for (const [tab, line] of Object.entries({
      PyTorch: 'from play import load',
      NumPy: 'np.load(',
      onnxruntime: 'policy, baseline = session.run',
      'TensorFlow.js': 'tf.loadGraphModel',
      'This app': 'npm run evaluate',
    })) {
      await page.getByRole('button', { name: tab, exact: true }).click();
      await page
        .getByRole('region', { name: `Code for ${tab}` })
        .getByText(line)
        .waitFor();
    }

    const link = page.getByRole('region', { name: 'Reproduce' }).getByRole('link');
    expect(await link.textContent()).toContain('numTrainSteps=1600');
    await link.click();
    const field = page.getByRole('textbox', { name: 'Training steps', exact: true });
    await expect.poll(async () => Number((await field.inputValue()).replace(/\D/g, ''))).toBe(1600);
  });
});

describe('The Export screen', () => {
  it('says what to do where there is nothing', async () => {
    const page = await openPage();
    await page.getByRole('link', { name: 'Export' }).click();
    await page.getByRole('heading', { name: 'Nothing to export yet' }).waitFor();
  });
});
