/** What a first visit costs, in kilobytes as gzip sends them (fonts: as they are). A budget that is passed by 5 % fails. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../../src/cli/serveApp.ts';
import { browserForThisFile } from './browser.ts';

const budget = { firstScreenScripts: 215, scriptsUpToTraining: 310, firstScreenStyles: 8, fonts: 80 };
const tolerance = 1.05;

const openPage = browserForThisFile();

interface Chunk {
  readonly file: string;
  readonly css?: readonly string[];
  readonly imports?: readonly string[];
}

let dist = '';
let manifest: Readonly<Record<string, Chunk>> = {};

beforeAll(async () => {
  dist = await buildApp();
  manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'));
});

/** These chunks and all that they import before they run. */
function closureOf(names: readonly string[], found = new Set<Chunk>()): Set<Chunk> {
  for (const name of names) {
    const chunk = manifest[name];
    if (!chunk) throw new Error(`The build has no chunk ${name}; this test takes it for the first screen.`);
    if (found.has(chunk)) continue;
    found.add(chunk);
    closureOf(chunk.imports ?? [], found);
  }
  return found;
}

const kilobytes = (files: Iterable<string>): number =>
  [...new Set(files)].reduce((sum, file) => sum + gzipSync(readFileSync(join(dist, file)), { level: 9 }).length, 0) /
  1000;

/** main.tsx loads the page at once, whatever it shows. */
const firstScreen = () => [...closureOf(['index.html', 'src/ui/App.tsx'])];

describe('A first visit', () => {
  it('needs few scripts and styles to show the first screen', () => {
    const chunks = firstScreen();
    expect(kilobytes(chunks.map(({ file }) => file))).toBeLessThan(budget.firstScreenScripts * tolerance);
    expect(kilobytes(chunks.flatMap(({ css = [] }) => css))).toBeLessThan(budget.firstScreenStyles * tolerance);
  });

  it('has few scripts to load until it sees curves, workers aside', () => {
    const chunks = closureOf(['index.html', 'src/ui/App.tsx', 'src/ui/training/TrainView.tsx']);
    expect(kilobytes([...chunks].map(({ file }) => file))).toBeLessThan(budget.scriptsUpToTraining * tolerance);
  });

  it('shows the first screen without the library of charts', () => {
    const holdsCharts = ({ file }: Chunk) => readFileSync(join(dist, file), 'utf8').includes('recharts');
    expect(
      Object.values(manifest)
        .filter(({ file }) => file.endsWith('.js'))
        .some(holdsCharts),
    ).toBe(true);
    expect(firstScreen().filter(holdsCharts)).toEqual([]);
  });

  it('loads few fonts', async () => {
    const page = await openPage();
    await page.getByRole('button', { name: 'Start training' }).waitFor();
    const addresses = await page.evaluate(async () => {
      await document.fonts.ready;
      return performance.getEntriesByType('resource').map(({ name }) => name);
    });
    const files = addresses
      .filter((name) => name.endsWith('.woff2'))
      .map((name) => join(dist, 'assets', basename(name)));
    expect(files.filter(existsSync).length).toBeGreaterThan(0);
    expect(files.reduce((sum, file) => sum + statSync(file).size, 0) / 1000).toBeLessThan(budget.fonts * tolerance);
  });
});
