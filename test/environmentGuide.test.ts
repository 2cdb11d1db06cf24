import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asGym } from '../src/envs/gym.ts';
import { describeEnvContract } from './envContract.ts';
import { coinFlip } from './examples/coinFlip.ts';

describe('docs/adding-an-environment.md', () => {
  it('shows the example as it is', () => {
    const read = (file: string) => readFileSync(join(import.meta.dirname, file), 'utf8');
    expect(read('../docs/adding-an-environment.md')).toContain(`\`\`\`ts\n${read('examples/coinFlip.ts')}\`\`\``);
  });

  it('has an example that who looks at the coin wins', () => {
    const gym = asGym(coinFlip);
    let [observation] = gym.reset({ seed: 0 });
    for (let t = 0; t < 19; t++) [observation] = gym.step(observation[0]!);
    expect(gym.step(observation[0]!)[4]).toEqual({ episode: { r: 20, l: 20 } });
  });
});

describeEnvContract(coinFlip);
