import { describe, expect, it } from 'vitest';
import { hrefOf, readRoute } from './routes.ts';

describe('An address', () => {
  it('leads to the view, the part and the query it was made for', () => {
    expect(readRoute(hrefOf('train'))).toEqual({ view: 'train', part: '', query: '' });
    expect(readRoute(hrefOf('evaluate', '4f1c', 'a=1/2?3'))).toEqual({
      view: 'evaluate',
      part: '4f1c',
      query: 'a=1/2?3',
    });
  });

  it('leads to the form where it names nothing known', () => {
    expect(readRoute('')).toEqual({ view: 'configure', part: '', query: '' });
    expect(readRoute('#/elsewhere/4f1c')).toMatchObject({ view: 'configure' });
  });
});
