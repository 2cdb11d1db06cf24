/** Tests by where they run: checks of the repository, unit tests in Node, tests in a real browser, and whole journeys. */
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { playwright } from '@vitest/browser-playwright';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { isolationHeaders } from './build/headers.ts';
import { assemblyScript } from './src/cli/assemblyScript.ts';
import { chromiumArguments, findChromium } from './src/cli/findChromium.ts';
import appConfig from './vite.config.ts';

/** Groups run one after another, so that what is timed has the machine to itself. */
const groups = { checks: 0, unit: 1, allocation: 2, browser: 3, e2e: 4 } as const;

/** Each in a process of its own, since what other tests teach the compiler would change the result. */
const allocationTests = ['src/**/allocation.test.ts'];

/** Where recordings of the reference implementations lie; see test/fixtures/README.md. */
const alias = { '#fixtures': process.env.GOLDEN_DIR ?? fileURLToPath(new URL('test/fixtures', import.meta.url)) };

/** In Node a file needs no address: `import path from 'module.wasm?url'` gives its path. */
const addressesAreFiles: Plugin = {
  name: 'addresses-are-files',
  enforce: 'pre',
  load: (id) => (id.endsWith('.wasm?url') ? `export default ${JSON.stringify(id.replace(/\?url$/, ''))};` : null),
};

export default defineConfig(async () => ({
  test: {
    projects: [
      {
        test: {
          name: 'checks',
          testTimeout: 60_000, // They read the whole project.
          include: ['test/checks/**/*.test.ts'],
          sequence: { groupOrder: groups.checks },
        },
      },
      {
        plugins: [assemblyScript(), addressesAreFiles],
        resolve: { alias },
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts', 'test/*.test.ts', 'test/learning/**/*.test.ts'],
          exclude: allocationTests,
          testTimeout: 20_000,
          maxWorkers: availableParallelism(), // Vitest leaves one processor idle, of two half.
          isolate: false, // Modules hold no state that a test changes, and loading them anew for each file took a third of the time.
          sequence: { groupOrder: groups.unit },
        },
      },
      {
        plugins: [assemblyScript()],
        test: { name: 'allocation', include: allocationTests, sequence: { groupOrder: groups.allocation } },
      },
      {
        ...appConfig,
        resolve: { alias },
        server: { headers: isolationHeaders },
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.{ts,tsx}'],
          testTimeout: 60_000,
          expect: { poll: { timeout: 30_000 } },
          fileParallelism: false,
          sequence: { groupOrder: groups.browser },
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: { executablePath: await findChromium(), args: [...chromiumArguments] },
            }),
            instances: [{ browser: 'chromium' as const }],
          },
        },
      },
      {
        plugins: [assemblyScript()],
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/e2e/serveApp.ts'],
          testTimeout: 120_000,
          expect: { poll: { timeout: 30_000 } }, // As long as Playwright waits: a page may be slow, which fails nothing.
          maxWorkers: 2, // A journey waits as much as it computes.
          sequence: { groupOrder: groups.e2e },
        },
      },
    ],
  },
}));
