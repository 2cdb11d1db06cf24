import { describe, expect, it } from 'vitest';
import { hrefOf, readRoute } from './routes.ts';

describe('An address', () => {
  it('leads to the view and the run it was made for', () => {
    expect(readRoute(hrefOf('train'))).toEqual({ view: 'train', run: '', query: '' });
    for (const run of ['lunar-impala-07', 'a/b c?d=1', '100 %']) {
      expect(readRoute(hrefOf('evaluate', run))).toEqual({ view: 'evaluate', run, query: '' });
    }
  });

  it('keeps its query, and leads to the form where it names nothing known', () => {
    expect(readRoute('#/configure?c=a/b?d')).toEqual({ view: 'configure', run: '', query: 'c=a/b?d' });
    expect(readRoute('')).toEqual({ view: 'configure', run: '', query: '' });
    expect(readRoute('#/elsewhere')).toEqual({ view: 'configure', run: '', query: '' });
    expect(readRoute('#/evaluate/%E0%A4')).toEqual({ view: 'evaluate', run: '', query: '' });
  });
});
