import { describe, expect, it } from 'vitest';
import { defaultSettings, lookOf, moved, settingsFromText, settingsToText, toggled } from './chartSettings.ts';

describe('The settings of the charts', () => {
  it('are read back as they were stored, without names that are not known', () => {
    const settings = {
      shown: moved(defaultSettings.shown, 'entropy', 0),
      log: toggled([], 'gradNorm' as const),
      robust: ['episodeReturn' as const],
    };
    expect(settingsFromText(settingsToText(settings))).toEqual(settings);
    expect(settingsFromText('entropy,later,queue gradNorm,x ')).toEqual({
      shown: ['entropy', 'queue'],
      log: ['gradNorm'],
      robust: [],
    });
    expect(settingsFromText(null)).toBe(defaultSettings);
  });

  it('give equal looks as one object, so that nothing is drawn anew without need', () => {
    expect(lookOf({ ...defaultSettings, log: ['queue'] }, 'queue')).toBe(
      lookOf({ ...defaultSettings, log: ['entropy', 'queue'] }, 'queue'),
    );
  });

  it('move a chart to a place, however far it was to go', () => {
    expect(moved(['entropy', 'queue', 'policyLag'], 'entropy', 1)).toEqual(['queue', 'entropy', 'policyLag']);
    expect(moved(['entropy', 'queue', 'policyLag'], 'entropy', 9)).toEqual(['queue', 'policyLag', 'entropy']);
  });
});
