import axe from 'axe-core';
import type { Page } from 'playwright';

interface Options {
  /** Of colours alone: where another theme is all that is new. */
  readonly coloursOnly?: boolean;
}

/** What axe finds against WCAG 2.2 A and AA: a sentence and the elements for each. */
export async function findBarriers(page: Page, options: Options = {}): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  return page.evaluate(async ({ coloursOnly = false }) => {
    const runOnly = coloursOnly ? ['color-contrast'] : ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];
    const { violations } = await window.axe.run(document, { runOnly, resultTypes: ['violations'] });
    return violations.map(({ help, nodes }) => `${help}: ${nodes.map(({ target }) => target).join(' ')}`);
  }, options);
}

declare global {
  interface Window {
    axe: typeof axe;
  }
}
