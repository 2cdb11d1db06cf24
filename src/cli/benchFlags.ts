import type { Flags } from './flags.ts';

/** The flags of `npm run bench`. */
export const benchFlags = {
  quick: { kind: 'switch', doc: 'Measure a few environments and shorter.' },
  only: {
    kind: 'value',
    placeholder: 'NAME',
    doc: 'Measure a part: env/ID, inference, learner, learner/DEVICE/NETWORK, queue, endToEnd or timeToSolve.',
  },
  json: { kind: 'switch', doc: 'Print one JSON object and nothing else.' },
  help: { kind: 'switch', doc: 'Print this.' },
} as const satisfies Flags;
