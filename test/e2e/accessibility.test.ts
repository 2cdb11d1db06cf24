/** Every screen in every state that it can be in: what axe finds, wide and narrow and in both themes, and what scrolls sideways at three widths. */
import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { encodeWeights } from '../../src/checkpoints/weightsFile.ts';
import { hyperparametersOf } from '../../src/config/presets.ts';
import { networkOf } from '../../src/networks/networkOf.ts';
import { parameterLayout } from '../../src/networks/parameterLayout.ts';
import { findBarriers } from './barriers.ts';
import { browserForThisFile } from './browser.ts';
import { copyStoredRun } from './storedRuns.ts';

const openPage = browserForThisFile();

/** With the themes that axe examines there. */
const widths = [
  { width: 1440, examined: ['light', 'dark'] },
  { width: 1024, examined: [] },
  { width: 390, examined: ['light'] },
] as const;

/** Once a run has been trained. */
const screens = [
  ['#/configure', 'Start training'],
  ['#/train', /^Done after/],
  ['#/runs', '1 run'],
  ['#/evaluate', 'Evaluate'],
  ['#/export', 'Download weights'],
  ['#/benchmark', 'Benchmark'],
] as const;

/** The barriers of what the page shows now, each after where it was met. Colours are the same at every width. */
async function barriersEverywhere(page: Page, state: string): Promise<string[]> {
  const found: string[] = [];
  for (const { width, examined } of widths) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of examined) {
      await page.emulateMedia({ colorScheme });
      const barriers = await findBarriers(page, { coloursOnly: colorScheme === 'dark' });
      found.push(...barriers.map((barrier) => `${state}, ${width} pixels, ${colorScheme}: ${barrier}`));
    }
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (sideways > 0) found.push(`${state}, ${width} pixels: scrolls ${sideways} pixels sideways`);
  }
  return found;
}

/** Goes to a screen by its address, without loading the page anew. */
async function show(page: Page, hash: string, isShown: string | RegExp): Promise<void> {
  await page.evaluate((address) => {
    location.hash = address;
  }, hash);
  await page.locator('main').getByText(isShown).first().waitFor();
}

const withoutMotion = (page: Page): Promise<void> => page.emulateMedia({ reducedMotion: 'reduce' });

async function train(page: Page, settings: Readonly<Record<string, string>>): Promise<void> {
  await page.getByRole('combobox', { name: 'Learner device' }).selectOption('cpu');
  for (const [label, text] of Object.entries(settings)) {
    await page.getByRole('textbox', { name: label, exact: true }).fill(text);
  }
  await page.keyboard.press('Control+Enter');
}

async function trainToTheEnd(page: Page): Promise<void> {
  await train(page, { 'Training steps': '1600' });
  await page.getByText(/^Done after/).waitFor({ timeout: 60_000 });
}

describe('axe finds no barrier and nothing scrolls sideways', () => {
  it('where there is nothing yet', async () => {
    const page = await openPage(withoutMotion);
    await page.getByRole('button', { name: 'Edit the layers of mlp' }).click();
    await page.getByRole('listitem', { name: 'Layer 2: dense' }).waitFor();
    const found: string[] = [];
    for (const [hash, isShown] of [
      ['#/configure', 'Start training'],
      ['#/train', 'No run yet'],
      ['#/runs', 'No runs yet'],
      ['#/runs/compare', /./],
      ['#/evaluate', 'Nothing to evaluate yet'],
      ['#/export', 'Nothing to export yet'],
      ['#/benchmark', 'Benchmark'],
    ] as const) {
      await show(page, hash, isShown);
      found.push(...(await barriersEverywhere(page, hash)));
    }
    expect(found).toEqual([]);
  });

  it('while a screen loads', async () => {
    const page = await openPage(async (fresh) => {
      await withoutMotion(fresh);
      await fresh.route(/TrainView/, () => {}); // Never answered.
    });
    await show(page, '#/train', 'Loading…');
    expect(await barriersEverywhere(page, 'loading')).toEqual([]);
  });

  it('while a run goes on', async () => {
    const page = await openPage(withoutMotion);
    await train(page, { 'Training steps': '1G' });
    await page.getByRole('button', { name: 'Pause', exact: true, disabled: false }).waitFor();
    await page.getByRole('figure', { name: 'Episode return' }).waitFor();
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0); // Motion is reduced.
    const found = await barriersEverywhere(page, 'Train, running');
    await show(page, '#/runs', 'Training');
    found.push(...(await barriersEverywhere(page, 'Runs, running')));
    expect(found).toEqual([]);
  });

  it('after a run has ended, on every screen that shows it, and among a thousand runs', async () => {
    const page = await openPage(withoutMotion);
    await trainToTheEnd(page);
    const found = await barriersEverywhere(page, 'Train, finished');
    await show(page, '#/export', 'Download weights');
    found.push(...(await barriersEverywhere(page, 'Export')));
    await show(page, '#/evaluate', 'Evaluate');
    await page.getByRole('textbox', { name: 'Episodes', exact: true }).fill('many');
    found.push(...(await findBarriers(page)));
    await page.getByRole('textbox', { name: 'Episodes', exact: true }).fill('20');
    await page.getByRole('combobox', { name: 'Compare with' }).selectOption({ index: 1 });
    await page.getByRole('button', { name: 'Evaluate', exact: true }).click();
    await page.getByText('Second minus first').waitFor();
    await page.getByText(/^step 0 of [1-9]/).waitFor();
    await page.getByRole('button', { name: 'Record', exact: true }).click();
    found.push(...(await barriersEverywhere(page, 'Evaluate, record')));
    await copyStoredRun(page, 1, { status: 'failed', reason: 'The policy loss became NaN in update 12.' });
    await show(page, '#/train', /^Failed after/);
    found.push(...(await barriersEverywhere(page, 'Train, stored and failed')));
    await show(page, '#/runs', '2 runs');
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.getByRole('checkbox', { name: 'Mark all runs' }).check();
    found.push(...(await barriersEverywhere(page, 'Runs, marked')));
    await page.getByRole('button', { name: 'Compare 2' }).click();
    await page.getByRole('list', { name: 'Legend' }).getByRole('listitem').nth(1).waitFor();
    found.push(...(await barriersEverywhere(page, 'Compare')));
    await copyStoredRun(page, 998);
    await show(page, '#/runs', '1\u202f000 runs');
    expect(await page.locator('tbody tr').count()).toBe(1000);
    // One row is like another, and axe needs minutes for a thousand.
    await page.evaluate(() => {
      for (const row of document.querySelectorAll('tbody tr:nth-child(n + 20)')) row.innerHTML = '';
    });
    found.push(...(await barriersEverywhere(page, 'Runs, 1000')));
    expect(found).toEqual([]);
  });

  it('when a run diverges', async () => {
    const page = await openPage(withoutMotion);
    const h = hyperparametersOf('cartpole');
    const bursting = encodeWeights(new Float32Array(parameterLayout(networkOf(h)).size).fill(1e38), networkOf(h), h);
    const file = { name: 'bursting.safetensors', mimeType: 'application/octet-stream', buffer: Buffer.from(bursting) };
    await page.getByLabel('Weights file').setInputFiles(file);
    await page.getByText('bursting.safetensors').waitFor();
    await train(page, { 'Training steps': '1G' });
    await page
      .getByText(/^Training diverged at update/)
      .first()
      .waitFor({ timeout: 60_000 });
    expect(await barriersEverywhere(page, 'Train, failed')).toEqual([]);
  });

  it('in a browser without WebGPU that stores nothing', async () => {
    const page = await openPage(async (fresh) => {
      await withoutMotion(fresh);
      await fresh.addInitScript(() => {
        Object.defineProperty(navigator, 'gpu', { value: undefined });
        IDBFactory.prototype.open = () => {
          throw new DOMException('The user denied permission to access the database.', 'SecurityError');
        };
      });
    });
    await page.getByRole('button', { name: 'Start training' }).waitFor();
    const found = await barriersEverywhere(page, 'Configure');
    await show(page, '#/runs', /^Runs cannot be stored/);
    found.push(...(await barriersEverywhere(page, 'Runs')));
    await show(page, '#/configure', 'Start training');
    await trainToTheEnd(page);
    found.push(...(await barriersEverywhere(page, 'Train')));
    expect(found).toEqual([]);
  });

  it('when the storage is full', async () => {
    const page = await openPage(async (fresh) => {
      await withoutMotion(fresh);
      await fresh.addInitScript(() => {
        IDBObjectStore.prototype.put = () => {
          throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
        };
      });
    });
    await trainToTheEnd(page);
    await page.getByRole('alert').first().waitFor();
    expect(await barriersEverywhere(page, 'Train')).toEqual([]);
  });
});

describe('A person who uses a keyboard or a finger', () => {
  it('reaches every control with Tab, sees where the focus is, and finds buttons of 44 pixels', async () => {
    const page = await openPage(withoutMotion);
    await trainToTheEnd(page);
    for (const [hash, isShown] of screens) {
      await page.setViewportSize({ width: 1440, height: 900 });
      await show(page, hash, isShown);
      expect(await missedByTab(page), hash).toEqual([]);
      await page.setViewportSize({ width: 390, height: 844 });
      expect(await page.evaluate(smallButtons), hash).toEqual([]);
    }
  });
});

/** Controls that Tab does not come by, and those that do not show that they have the focus. */
async function missedByTab(page: Page): Promise<string[]> {
  await page.evaluate(() => {
    document.body.tabIndex = -1;
    document.body.focus();
  });
  const visited = new Set<string>();
  const withoutRing: string[] = [];
  for (let presses = 0; presses < 300; presses++) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(focusedControl);
    if (!focused || visited.has(focused.name)) break;
    visited.add(focused.name);
    if (!focused.hasRing) withoutRing.push(`no focus ring: ${focused.name}`);
  }
  const offered = await page.evaluate(offeredControls);
  return [...withoutRing, ...offered.filter((name) => !visited.has(name)).map((name) => `not reached: ${name}`)];
}

/** In the page: what has the focus, and whether it or what is around it has an outline. Null at the end of the page. */
function focusedControl(): { readonly name: string; readonly hasRing: boolean } | null {
  const element = document.activeElement as HTMLElement | null;
  if (!element || element === document.body) return null;
  const around = [element, element.parentElement, element.parentElement?.parentElement];
  const hasRing = around.some((one) => {
    const { outlineStyle, outlineWidth } = one ? getComputedStyle(one) : { outlineStyle: 'none', outlineWidth: '0' };
    return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0;
  });
  element.dataset.visit ??= crypto.randomUUID();
  return { name: element.dataset.visit, hasRing };
}

/** In the page: every control that is shown and can be used. Of radio buttons, the chosen one stands for its group. */
function offeredControls(): string[] {
  const controls = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';
  return [...document.querySelectorAll<HTMLElement>(controls)]
    .filter(
      (element) =>
        element.checkVisibility({ visibilityProperty: true }) &&
        !element.matches(':disabled, [tabindex="-1"], input[type="radio"]:not(:checked)'),
    )
    .map((element) => element.dataset.visit ?? element.outerHTML.slice(0, 160));
}

/** In the page: buttons that a finger may miss. The small ones beside the name of a field, which explain and reset it, are 24 pixels high. */
function smallButtons(): string[] {
  return [...document.querySelectorAll<HTMLElement>('main button:not([aria-label^="About"], [aria-label^="Reset"])')]
    .filter((button) => button.checkVisibility({ visibilityProperty: true }))
    .filter((button) => {
      const { width, height } = button.getBoundingClientRect();
      return width < 40 || height < 42; // In a group, the border around it belongs to the target.
    })
    .map((button) => button.outerHTML.slice(0, 160));
}
