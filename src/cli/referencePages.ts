/** Reference pages in Markdown, made from the tables that the program itself runs on, so that they cannot disagree with it. */
import {
  groups,
  type HyperparameterName,
  type HyperparameterSpec,
  hyperparameterNames,
  specOf,
} from '../config/hyperparameters.ts';
import { presets } from '../config/presets.ts';
import { episodeColumns, learnerMetrics, type MetricSpec } from '../metrics/metrics.ts';
import { flagOf } from './flags.ts';

const generated = '<!-- Written by `npm run docs` from the source; edit that. -->';

/** The pages by their path in the repository. */
export const referencePages = (): Record<string, string> => ({
  'docs/hyperparameters.md': hyperparametersPage(),
  'docs/metrics.md': metricsPage(),
});

function hyperparametersPage(): string {
  const sections = Object.entries(groups).flatMap(([group, title]) => [
    `## ${title}`,
    table(
      ['Setting', 'Flag', 'Default', 'Values', 'What it does'],
      hyperparameterNames.filter((name) => specOf(name).group === group).map(hyperparameterRow),
    ),
  ]);
  const presetSections = Object.entries(presets).flatMap(([name, { title, doc, values }]) => [
    `### ${title} (\`--preset ${name}\`)`,
    doc,
    ...(Object.keys(values).length > 0 ? [table(['Setting', 'Value'], Object.entries(values).map(presetRow))] : []),
  ]);
  return page([
    '# Hyperparameters',
    'Names are those of RLLTE, in camelCase. On the command line each is a flag; in a configuration file (`--config`), a key.',
    ...sections,
    '## Presets',
    'A preset changes these settings; the others keep their defaults.',
    ...presetSections,
  ]);
}

function metricsPage(): string {
  return page([
    '# Metrics',
    '## Learner: `metrics.csv`',
    'One row covers `logInterval` updates. Unless the text says otherwise a metric is the mean over them.',
    table(['Column', 'Unit', 'What it shows'], metricRows(learnerMetrics)),
    '## Episodes: `episodes.csv`',
    'One row for each finished episode, terminated or truncated.',
    table(['Column', 'Unit', 'What it shows'], metricRows(episodeColumns)),
  ]);
}

const hyperparameterRow = (name: HyperparameterName): string[] => {
  const spec = specOf(name);
  const automatic = spec.kind === 'number' && spec.automatic ? ` 0 means automatic: ${spec.automatic}.` : '';
  return [`\`${name}\``, `\`--${flagOf(name)}\``, defaultOf(spec), valuesOf(spec), spec.doc + automatic];
};

const presetRow = ([name, value]: [string, unknown]): string[] => [`\`${name}\``, `${value}`];

const metricRows = (metrics: Readonly<Record<string, MetricSpec>>): string[][] =>
  Object.entries(metrics).map(([name, { unit, doc }]) => [`\`${name}\``, unit, doc]);

function defaultOf(spec: HyperparameterSpec): string {
  if (spec.kind === 'number' && spec.automatic && spec.default === 0) return 'automatic';
  return spec.default === '' ? 'empty' : String(spec.default);
}

function valuesOf(spec: HyperparameterSpec): string {
  switch (spec.kind) {
    case 'number':
      return `${spec.min} … ${spec.max}${spec.unit && ` ${spec.unit}`}`;
    case 'choice':
      return spec.choices.join(', ');
    case 'flag':
      return 'true, false';
    case 'text':
      return 'text';
  }
}

const page = (blocks: readonly string[]): string => `${[generated, ...blocks].join('\n\n')}\n`;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
