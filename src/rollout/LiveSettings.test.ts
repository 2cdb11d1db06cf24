import { describe, expect, it } from 'vitest';
import { LiveSettings } from './LiveSettings.ts';

const before = { lr: 0.1 + 0.2, entCoef: 0.01 };
const after = { lr: 1e-4, entCoef: 0 };

describe('Live settings', () => {
  it('hold to the last bit until others are asked for', () => {
    const settings = new LiveSettings(LiveSettings.allocate(before));
    for (let update = 0; update < 3; update++) expect(settings.valuesOf(update, true)).toEqual(before);
  });

  it('change at the same update for a learner that runs ahead and one that lags behind', () => {
    const memory = LiveSettings.allocate(before);
    const [trainer, first, second] = [0, 1, 2].map(() => new LiveSettings(memory)) as [
      LiveSettings,
      LiveSettings,
      LiveSettings,
    ];
    const seen: unknown[][] = [[], []];
    for (let update = 0; update < 4; update++) {
      // The first learner may be a whole read ahead: it waits for the other only at the end of an update.
      seen[0]!.push(first.valuesOf(update, true));
      if (update === 1) trainer.ask(after);
      seen[1]!.push(second.valuesOf(update, false));
    }
    expect(seen[0]).toEqual([before, before, before, after]);
    expect(seen[1]).toEqual(seen[0]);
    expect(trainer.asked).toEqual(after);
  });
});
