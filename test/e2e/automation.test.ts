import { describe, expect, inject, it } from 'vitest';
import { hyperparametersOf } from '../../src/config/presets.ts';
import { browserForThisFile } from './browser.ts';

const openPage = browserForThisFile();
const settings = { ...hyperparametersOf('cartpole'), device: 'cpu', numTrainSteps: 3200, evalInterval: 0 } as const;

describe('A program that drives the page', () => {
  it('trains where a person sees the same run', async () => {
    const page = await openPage();
    expect(await page.evaluate(() => window.pronk)).toBeUndefined();
    await page.goto(`${inject('appUrl')}?automation#/train`);
    await page.waitForFunction(() => window.pronk !== undefined);
    await page.evaluate((h) => window.pronk?.start(h, null), settings);
    await page.getByText(/^Done after/).waitFor({ timeout: 60_000 });
    const news = await page.evaluate(() => window.pronk?.readNews({ savedFrames: 0, evaluations: 0, log: 0 }));
    expect(news).toMatchObject({ state: { status: 'finished' }, frames: 3200, updates: 20 });
    expect(news?.evaluations.map(({ isFinal }) => isFinal)).toEqual([true]);
    expect(news?.summary).toMatchObject({ frames: 3200, device: 'cpu' });
  });

  it('hears of everything once, by its cursor', async () => {
    const page = await openPage();
    await page.goto(`${inject('appUrl')}?automation&headless`);
    await page.waitForFunction(() => window.pronk !== undefined);
    const heard = await page.evaluate(async (h) => {
      const messages: string[] = [];
      window.pronk?.start(h, null);
      let cursor = { savedFrames: 0, evaluations: 0, log: 0 };
      for (;;) {
        const news = window.pronk?.readNews(cursor);
        if (!news) throw new Error('There is no automation.');
        cursor = news.cursor;
        messages.push(...news.log.map(({ message }) => message), ...news.evaluations.map(() => 'evaluation'));
        if (news.summary) return messages;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }, settings);
    expect(heard.filter((message) => message === 'evaluation')).toHaveLength(1);
    expect(heard.filter((message) => message.startsWith('The learner runs on cpu'))).toHaveLength(1);
    expect(await page.getByRole('main').count()).toBe(0);
  });

  it('is refused a wrong configuration in words', async () => {
    const page = await openPage();
    await page.goto(`${inject('appUrl')}?automation&headless`);
    await page.waitForFunction(() => window.pronk !== undefined);
    const problem = await page.evaluate((h) => {
      try {
        window.pronk?.start({ ...h, numStorages: 1 }, null);
        return '';
      } catch (error) {
        return (error as Error).message;
      }
    }, settings);
    expect(problem).toContain('1 storages are too few');
  });
});
