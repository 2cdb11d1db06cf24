import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findViolations, importRules, nameRules, pathRules } from './boundaryRules.ts';
import { readModule, readModules } from './importGraph.ts';

const root = join(import.meta.dirname, '../..');

/** The names of the rules that a made-up file breaks. */
const brokenBy = (path: string, source: string): string[] =>
  findViolations([readModule(path, source)]).map((violation) => /: (.*?)\. /.exec(violation)?.[1] ?? violation);

describe('The source', () => {
  it('keeps its boundaries', () => {
    expect(findViolations(readModules(root, 'src'))).toEqual([]);
  });
});

/** A file that each rule forbids, and one beside it that the rule allows. */
const examples: Record<string, { readonly bad: readonly [string, string]; readonly good: readonly [string, string] }> =
  {
    'imports go up the list of layers': {
      bad: ['src/math/sum.ts', `import { findEnv } from '../envs/registry.ts';`],
      good: [
        'src/envs/sum.ts',
        `import { RandomStream } from '../math/randomStream.ts'; import { step } from './step.ts';`,
      ],
    },
    'who starts a worker knows it by its api alone': {
      bad: ['src/trainer/a.ts', `import { Actor } from '../actor/actor.ts';`],
      good: [
        'src/trainer/a.ts',
        `import type { ActorApi } from '../actor/actor.api.ts'; import ActorWorker from '../actor/actor.worker.ts?worker';
       new Worker(new URL('../learner/learner.worker.ts', import.meta.url));`,
      ],
    },
    'a worker is started, never imported': {
      bad: ['src/actor/a.ts', `import './actor.worker.ts';`],
      good: ['src/actor/a.ts', `import './actor.ts';`],
    },
    'an api file holds types only': {
      bad: ['src/actor/actor.api.ts', `import { numSlots } from '../rollout/a.ts';`],
      good: ['src/actor/actor.api.ts', `import type { Slots } from '../rollout/a.ts';`],
    },
    'the page does not know shared memory or its workers': {
      bad: ['src/ui/Chart.tsx', `import type { Slots } from '../rollout/a.ts';`],
      good: ['src/ui/Chart.tsx', `import type { Run } from '../trainer/run.ts';`],
    },
    'TensorFlow.js stays in learner/': {
      bad: ['src/networks/a.ts', `export * from '@tensorflow/tfjs-core/dist/tensor';`],
      good: ['src/learner/a.ts', `import '@tensorflow/tfjs-core/dist/tensor';`],
    },
    'comlink stays in threads/ and worker files': {
      bad: ['src/trainer/a.ts', `import { wrap } from 'comlink';`],
      good: ['src/threads/a.ts', `import { wrap } from 'comlink';`],
    },
    'operations that are wrong or missing on an engine stay out': {
      bad: ['src/learner/a.ts', `import { gather } from '@tensorflow/tfjs-core'; gather(x, i);`],
      good: ['src/learner/a.ts', `import { mul } from '@tensorflow/tfjs-core'; mul(x, mask);`],
    },
    'React stays in ui/': {
      bad: ['src/trainer/a.ts', `import { useState } from 'react';`],
      good: ['src/ui/A.tsx', `import { useState } from 'react'; export const A = () => <p>{useState(0)}</p>;`],
    },
    'encoders of films stay in playback/': {
      bad: ['src/ui/a.ts', `const { Output } = await import('mediabunny');`],
      good: ['src/playback/a.ts', `import { GIFEncoder } from 'gifenc';`],
    },
    'Node stays in cli/': {
      bad: ['src/runs/a.ts', `const { readFileSync } = await import('node:fs');`],
      good: ['src/cli/a.ts', `import { readFileSync } from 'node:fs';`],
    },
    'Atomics stay in rollout/': {
      bad: ['src/actor/a.ts', 'globalThis.Atomics.wait(flags, 0, 0);'],
      good: ['src/rollout/a.ts', 'Atomics.wait(flags, 0, 0);'],
    },
    'random numbers are seeded': {
      bad: ['src/rollout/a.ts', `const draw = () => Math['random']();`],
      good: ['src/rollout/a.ts', '/* Math.random() */ const draw = (random) => random.uniform();'],
    },
    'every folder has a place in the list of layers': {
      bad: ['src/somewhere/a.ts', ''],
      good: ['src/main.tsx', ''],
    },
    'no barrels': {
      bad: ['src/envs/index.ts', ''],
      good: ['src/envs/indexOf.ts', ''],
    },
    'no drawers for odds and ends': {
      bad: ['src/ui/utils/format.ts', ''],
      good: ['src/ui/format.ts', ''],
    },
  };

describe('The boundary rule', () => {
  const names = [...importRules, ...nameRules, ...pathRules].map(({ name }) => name);

  it.each(names)('"%s" sees its violation, and no other file', (name) => {
    const { bad, good } = examples[name]!;
    expect(brokenBy(...bad)).toContain(name);
    expect(brokenBy(...good)).toEqual([]);
  });
});

describe('Boundary rules', () => {
  it('tell a type from a value: a type import leaves no code behind', () => {
    const actor = (statement: string) => brokenBy('src/trainer/a.ts', statement);
    expect(actor(`export type { ActorApi } from '../actor/actor.api.ts';`)).toEqual([]);
    expect(actor(`type A = import('../actor/actor.api.ts').ActorApi;`)).toEqual([]);
    expect(actor(`import { type ActorApi } from '../actor/actor.api.ts';`)).toHaveLength(1);
  });

  it('keep actor and learner apart', () => {
    expect(brokenBy('src/actor/a.ts', `import type { LearnerApi } from '../learner/learner.api.ts';`)).toHaveLength(1);
  });

  it('let tests import what they compare with', () => {
    expect(brokenBy('src/math/a.test.ts', `import { findEnv } from '../envs/registry.ts'; Math.random();`)).toEqual([]);
  });

  it('say where, why and what to do', () => {
    const [sentence] = findViolations([readModule('src/actor/a.ts', 'Math.random();')]);
    expect(sentence).toBe(
      'src/actor/a.ts uses Math.random: random numbers are seeded. The same seed must give the same run. ' +
        'Take a RandomStream of math/, named by seed and purpose.',
    );
  });
});
