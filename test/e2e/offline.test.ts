import { appendFileSync, cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { buildApp } from '../../src/cli/serveApp.ts';
import { browserForThisFile } from './browser.ts';
import { servePlainly } from './plainHost.ts';

const openPage = browserForThisFile();

async function train(page: Page, steps: string): Promise<void> {
  await page.getByRole('link', { name: 'Configure' }).click();
  await page.getByRole('combobox', { name: 'Learner device' }).selectOption('wasm');
  await page.getByRole('textbox', { name: 'Training steps', exact: true }).fill(steps);
  await page.getByRole('button', { name: 'Start training' }).click();
}

const untilDone = (page: Page): Promise<void> => page.getByText(/^Done after/).waitFor({ timeout: 60_000 });
const isIsolated = (page: Page): Promise<boolean> => page.evaluate(() => crossOriginIsolated);

describe('On a host that sends no headers', () => {
  it('the page isolates itself, trains, and trains again once the host is gone', async () => {
    const host = await servePlainly(await buildApp());
    const page = await openPage(undefined, host.url);
    await page.getByRole('button', { name: 'Start training' }).waitFor({ timeout: 30_000 });
    expect(await isIsolated(page)).toBe(true);
    await train(page, '1600');
    await untilDone(page);

    await host.close();
    await page.goto('about:blank');
    await page.goto(host.url);
    expect(await isIsolated(page)).toBe(true);
    await train(page, '1600');
    await untilDone(page);
  });

  it('a new version is offered, and waits for the run under way to end', async () => {
    const host = await servePlainly(await buildApp());
    const page = await openPage(undefined, host.url);
    await page.getByRole('button', { name: 'Start training' }).waitFor({ timeout: 30_000 });
    await train(page, '1G');
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    await page.getByRole('button', { name: 'Resume' }).waitFor();

    const next = mkdtempSync(join(tmpdir(), 'pronk-'));
    cpSync(await buildApp(), next, { recursive: true });
    appendFileSync(join(next, 'serviceWorker.js'), '// The next version.\n');
    host.serve(next);
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
    await page.getByText('It can be loaded when the run has ended.').waitFor();
    expect(await page.getByRole('button', { name: 'Load it' }).count()).toBe(0);

    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.getByText(/^Stopped after/).waitFor();
    const other = await page.context().newPage();
    await other.goto(host.url);
    await page.getByRole('button', { name: 'Load it' }).click();
    await page.getByText('Close the other tabs of Pronk first.').waitFor();
    await other.close();
    await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Load it' }).click()]);
    await page.getByRole('link', { name: 'Configure' }).waitFor();
    const waiting = await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.waiting);
    expect(waiting).toBeNull();
    await host.close();
  });
});

describe('The content security policy', () => {
  it('is broken by nothing that the page does', async () => {
    const breaches: string[] = [];
    const page = await openPage((fresh) => {
      fresh.on('console', (message) => {
        if (/content security policy/i.test(message.text())) breaches.push(message.text());
      });
      return Promise.resolve();
    });
    await train(page, '1600');
    await untilDone(page);
    expect(await page.evaluate(() => fetch('data:,weights').then((answer) => answer.text()))).toBe('weights');
    expect(breaches).toEqual([]);
    await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'window.wasRun = true;';
      document.body.append(script);
    });
    await expect.poll(() => breaches.length).toBeGreaterThan(0);
    expect(await page.evaluate(() => 'wasRun' in window)).toBe(false);
  });
});
