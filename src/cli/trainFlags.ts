/** The flags of `npm run train`: one for each hyperparameter, and those of the command itself. */
import { type HyperparameterName, hyperparameterNames, specOf } from '../config/hyperparameters.ts';
import { presetNames } from '../config/presets.ts';
import { type Flag, type Flags, flagOf } from './flags.ts';

/** What the command does besides setting hyperparameters. */
export const commandFlags = {
  preset: { kind: 'value', placeholder: 'NAME', doc: `Settings to begin with: ${presetNames.join(', ')}.` },
  config: {
    kind: 'value',
    placeholder: 'FILE',
    doc: 'JSON file of hyperparameters, such as the config.json of a run. Counts over the preset; flags count over it.',
  },
  out: { kind: 'value', placeholder: 'DIR', doc: 'Folder for the files of the run. Default: a new one in out/.' },
  headed: { kind: 'switch', doc: 'Train in a browser window that shows the run.' },
  json: { kind: 'switch', doc: 'Print one JSON object per line and nothing else.' },
  help: { kind: 'switch', doc: 'Print this.' },
} as const satisfies Flags;

export const hyperparameterFlags: Flags = Object.fromEntries(
  hyperparameterNames.map((name) => [flagOf(name), flagFor(name)]),
);

export const trainFlags: Flags = { ...commandFlags, ...hyperparameterFlags };

function flagFor(name: HyperparameterName): Flag {
  const spec = specOf(name);
  switch (spec.kind) {
    case 'flag':
      return { kind: 'switch', doc: `${spec.doc} Default: ${spec.default ? 'on' : 'off'}.` };
    case 'choice':
      return {
        kind: 'value',
        placeholder: 'NAME',
        doc: `${spec.doc} One of ${spec.choices.join(', ')}. Default: ${spec.default}.`,
      };
    case 'text':
      return {
        kind: 'value',
        placeholder: 'TEXT',
        doc: spec.default ? `${spec.doc} Default: ${spec.default}.` : spec.doc,
      };
    case 'number': {
      const automatic = spec.automatic && `0 means automatic: ${spec.automatic}.`;
      const given = `Default: ${spec.automatic && spec.default === 0 ? 'automatic' : `${spec.default} ${spec.unit}`.trim()}.`;
      return { kind: 'value', placeholder: 'NUMBER', doc: [spec.doc, automatic, given].filter(Boolean).join(' ') };
    }
  }
}
