import type { HyperparameterSpec } from '../hyperparameterSpec.ts';

export const appoHyperparameters = {
  clipRange: {
    kind: 'number',
    default: 0.2,
    min: 0,
    max: 10,
    unit: '',
    scale: 'log',
    typical: [0.05, 0.4],
    label: 'Clip range ε',
    doc: 'APPO only: how far the probability of an action may move from the target network’s, as a ratio, before its gradient stops.',
    group: 'loss',
    level: 'advanced',
  },
  targetUpdateInterval: {
    kind: 'number',
    default: 1,
    min: 1,
    max: 1e6,
    integer: true,
    unit: 'updates',
    scale: 'log',
    label: 'Target network update',
    doc: 'APPO only: updates after which the target network becomes a copy of the policy again. More is slower and steadier.',
    group: 'loss',
    level: 'advanced',
  },
} as const satisfies Record<string, HyperparameterSpec>;
