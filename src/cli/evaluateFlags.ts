import type { Flags } from './flags.ts';

/** The flags of `npm run evaluate`. */
export const evaluateFlags = {
  weights: { kind: 'value', placeholder: 'FILE', doc: 'File or URL of the weights.safetensors to play.' },
  env: {
    kind: 'value',
    placeholder: 'ID',
    doc: 'Environment to play in, if not the one the weights were evaluated in. Its spaces must be the same.',
  },
  config: {
    kind: 'value',
    placeholder: 'FILE',
    doc: 'JSON file of hyperparameters for weights of another program, which do not say what network they are for.',
  },
  episodes: { kind: 'value', placeholder: 'NUMBER', doc: 'How many episodes to play. Default: 100.' },
  seed: {
    kind: 'value',
    placeholder: 'NUMBER',
    doc: 'Seed of the first episode; the others follow it one by one. Default: that of every evaluation while training.',
  },
  sampled: { kind: 'switch', doc: 'Draw actions from the policy instead of always taking the most probable one.' },
  json: { kind: 'switch', doc: 'Print one JSON object and nothing else.' },
  help: { kind: 'switch', doc: 'Print this.' },
} as const satisfies Flags;
