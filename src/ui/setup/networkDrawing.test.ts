import { describe, expect, it } from 'vitest';
import { hyperparametersOf } from '../../config/presets.ts';
import { envDefinitions, findEnv } from '../../envs/registry.ts';
import { networkSpecFor } from '../../networks/networkSpec.ts';
import { summariseNetwork } from '../../networks/networkSummary.ts';
import { columnsOf, drawingHeight, drawingWidth, glyphBottom } from './networkDrawing.ts';

describe('The picture of a network', () => {
  it.each(envDefinitions.map(({ spec }) => spec.id))('keeps every layer within its frame on %s', (env) => {
    const h = hyperparametersOf('cartpole', { env, useLstm: true, lstmLayers: 3, lastActionReward: true });
    const columns = columnsOf(summariseNetwork(networkSpecFor(findEnv(env).spec, h)));
    for (const { x, top, planes, units } of columns) {
      expect(top).toBeLessThan(drawingHeight(columns));
      const xs = [x, ...planes.flatMap((plane) => [plane.x, plane.x + plane.width])];
      const ys = [...units, ...planes.flatMap((plane) => [plane.y, plane.y + plane.height])];
      expect(Math.min(...xs)).toBeGreaterThan(0);
      expect(Math.max(...xs)).toBeLessThan(drawingWidth);
      expect(Math.min(...ys)).toBeGreaterThan(0);
      expect(Math.max(...ys)).toBeLessThanOrEqual(glyphBottom);
    }
  });
});
