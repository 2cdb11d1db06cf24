import axe from 'axe-core';
import type { Page } from 'playwright';

/** What axe finds against WCAG 2.2 A and AA: a sentence and the elements for each. */
export async function findBarriers(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { violations } = await window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] });
    return violations.map(({ help, nodes }) => `${help}: ${nodes.map(({ target }) => target).join(' ')}`);
  });
}

declare global {
  interface Window {
    axe: typeof axe;
  }
}
