import { setTimeout as sleep } from 'node:timers/promises';
import type { Cursor, News } from '../ui/automation.api.ts';
import type { TrainingPage } from './TrainingPage.ts';

/** Seldom enough not to be felt by the training, often enough for a bar to move. */
const pollMs = 200;

/** Tells `onNews` how the run goes until training has ended, well or not, and returns the last news. */
export async function followRun(page: TrainingPage, onNews: (news: News) => void): Promise<News> {
  let cursor: Cursor = { savedFrames: 0, evaluations: 0, log: 0 };
  for (;;) {
    const news = await page.readNews(cursor);
    cursor = news.cursor;
    onNews(news);
    if (news.summary !== null || news.state.status === 'failed') return news;
    await sleep(pollMs);
  }
}
