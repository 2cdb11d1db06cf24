/** A person's browser for journeys: one for each file of tests, a fresh page for each test. */
import { type Browser, chromium, type Page } from 'playwright';
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest';
import { chromiumArguments, findChromium } from '../../src/cli/findChromium.ts';

/**
 * To be called at the top of a file. Returns a function that opens a page of the app; a test fails if a page of its own reports an
 * error that nobody caught.
 * @param prepare is called with the page before it loads anything
 * @param url in place of the app's
 */
export function browserForThisFile(): (prepare?: (page: Page) => Promise<unknown>, url?: string) => Promise<Page> {
  let browser: Browser;
  let pages: Page[] = [];
  let errors: string[] = [];
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: await findChromium(), args: [...chromiumArguments] });
  });
  afterAll(() => browser.close());
  afterEach(async () => {
    await Promise.all(pages.map((page) => page.context().close()));
    const found = errors;
    pages = [];
    errors = [];
    expect(found).toEqual([]);
  });
  return async (prepare = async () => {}, url = inject('appUrl')) => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, acceptDownloads: true });
    const page = await context.newPage();
    pages.push(page);
    page.on('pageerror', (error) => errors.push(error.message));
    await prepare(page);
    await page.goto(url);
    return page;
  };
}
