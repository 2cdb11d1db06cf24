import { describe, expect, it } from 'vitest';
import { viewFromQuery, viewToQuery } from './viewQuery.ts';

const view = { axis: 'frames', smoothing: 0.9, range: null } as const;

describe('A link to a view', () => {
  it('says all of it', () => {
    const other = { axis: 'seconds', smoothing: 0, range: [1.5, 1e-7 + 9] } as const;
    expect(viewFromQuery(viewToQuery(other), view)).toEqual(other);
  });

  it('changes nothing where it makes no sense', () => {
    expect(viewFromQuery('axis=miles&smoothing=2&range=9..1', view)).toEqual(view);
    expect(viewFromQuery('', view)).toEqual(view);
  });
});
