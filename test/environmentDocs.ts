/** The pages of docs/environments/, made from what the code says. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeActionSampler } from '../src/envs/actionSampler.ts';
import { palettes } from '../src/envs/canvas.ts';
import type { EnvDefinition } from '../src/envs/env.ts';
import { envDefinitions } from '../src/envs/registry.ts';
import { type ActionSpace, type Box, boundAt, createArray, sizeOf } from '../src/envs/spaces.ts';
import { NumpyRandom } from '../src/math/numpyRandom.ts';
import { publishedScoresOf } from './environmentScores.ts';
import { SvgCanvas } from './svgCanvas.ts';

interface Source {
  /** The file in src/envs/ whose head describes the environment. */
  readonly file: string;
  /** A constant whose comment says what is particular to this one, and the file it is in. */
  readonly particular?: readonly [file: string, constant: string];
}

const minAtar = (file: string, rules: string): Source => ({
  file: `minatar/${file}.ts`,
  particular: ['minatar/definitions.ts', rules],
});

const miniGrid = (task: string): Source => ({
  file: 'miniGrid/miniGridEnv.ts',
  particular: ['miniGrid/tasks.ts', task],
});

/** Where the rules of an environment are written down. */
const sources: readonly (readonly [id: RegExp, source: Source])[] = [
  [/^CartPole-/, { file: 'cartPole/cartPole.ts' }],
  [
    /^CartPoleWithout/,
    { file: 'cartPole/cartPole.ts', particular: ['cartPole/definition.ts', 'cartPoleWithoutVelocities'] },
  ],
  [/^MountainCar-/, { file: 'mountainCar/mountainCar.ts' }],
  [/^MountainCarContinuous/, { file: 'mountainCar/mountainCarContinuous.ts' }],
  [/^Acrobot/, { file: 'acrobot/acrobot.ts' }],
  [/^Pendulum/, { file: 'pendulum/pendulum.ts' }],
  [/^LunarLander/, { file: 'lunarLander/lunarLander.ts' }],
  [/^BipedalWalker/, { file: 'bipedalWalker/bipedalWalker.ts' }],
  [/^bsuite\/Catch/, { file: 'bsuite/catch.ts' }],
  [/^bsuite\/DeepSea/, { file: 'bsuite/deepSea.ts' }],
  [/^bsuite\/MemoryChain/, { file: 'bsuite/memoryChain.ts' }],
  [/^bsuite\/Umbrella/, { file: 'bsuite/umbrella.ts' }],
  [/^bsuite\/DiscountingChain/, { file: 'bsuite/discountingChain.ts' }],
  [/^MinAtar\/Breakout-v0/, minAtar('breakout', 'paperRules')],
  [/^MinAtar\/Breakout-v1/, minAtar('breakout', 'minimalRules')],
  [/^MinAtar\/SpaceInvaders-v0/, minAtar('spaceInvaders', 'paperRules')],
  [/^MinAtar\/SpaceInvaders-v1/, minAtar('spaceInvaders', 'minimalRules')],
  [/^MinAtar\/Freeway-v0/, minAtar('freeway', 'paperRules')],
  [/^MinAtar\/Freeway-v1/, minAtar('freeway', 'minimalRules')],
  [/^MinAtar\/Asterix-v0/, minAtar('asterix', 'paperRules')],
  [/^MinAtar\/Asterix-v1/, minAtar('asterix', 'minimalRules')],
  [/^MinAtar\/Seaquest-v0/, minAtar('seaquest', 'paperRules')],
  [/^MinAtar\/Seaquest-v1/, minAtar('seaquest', 'minimalRules')],
  [/^MiniGrid-Empty/, miniGrid('emptyRoom')],
  [/^MiniGrid-DoorKey/, miniGrid('doorKey')],
  [/^MiniGrid-FourRooms/, miniGrid('fourRooms')],
  [/^MiniGrid-KeyCorridor/, miniGrid('keyCorridorS3R1')],
  [/^MiniGrid-Memory/, miniGrid('memoryS7')],
  [/^PixelPong/, { file: 'pixelPong/pixelPong.ts' }],
  [/^Dials/, { file: 'panels/dials.ts' }],
  [/^Lights/, { file: 'panels/lights.ts' }],
];

const envsFolder = join(import.meta.dirname, '../src/envs');

/** 'MinAtar/Breakout-v0' → 'minatar-breakout-v0' */
export const pageName = (id: string): string => id.toLowerCase().replaceAll('/', '-');

function sourceOf(id: string): Source {
  const found = sources.find(([pattern]) => pattern.test(id));
  if (!found) throw new Error(`test/environmentDocs.ts does not know which file describes ${id}.`);
  return found[1];
}

/** The comment at the head of a file, or the one of a constant in it, without its stars. */
function commentIn(file: string, constant?: string): string {
  const source = readFileSync(join(envsFolder, file), 'utf8');
  const before = constant === undefined ? 0 : source.lastIndexOf('/**', source.indexOf(`const ${constant}`));
  const comment = /^\/\*\*([\s\S]*?)\*\//.exec(source.slice(before));
  if (!comment) throw new Error(`src/envs/${file} has no comment ${constant ? `on ${constant}` : 'at its head'}.`);
  return comment[1]!.replaceAll(/^ \* ?/gm, '').trim();
}

/** 'Observation: …' and the like become list items; each item and paragraph is one line. */
const asMarkdown = (comment: string): string =>
  comment
    .replaceAll(/^(Observation|Action|Reward|Start|End)\b([^:\n]*):/gm, '- **$1**$2:')
    .replaceAll(/(?<=\S)\n(?=[^\n-])/g, ' ');

const formatBound = (bound: number): string =>
  Number.isFinite(bound) ? String(Number(bound.toPrecision(6))).replace('-', '−') : bound < 0 ? '−∞' : '∞';

function describeBox(box: Box): string {
  const shape = `${box.dtype}, shape [${box.shape.join(', ')}]`;
  const elements = Array.from({ length: sizeOf(box) }, (_, i) => [boundAt(box.low, i), boundAt(box.high, i)] as const);
  const intervals = elements.map(([low, high]) => `${formatBound(low)} … ${formatBound(high)}`);
  const isUniform = new Set(intervals).size === 1;
  return `${shape}; ${isUniform ? `each ${intervals[0]}` : intervals.join(', ')}`;
}

function describeActions(space: ActionSpace): string {
  if (space.kind === 'box') return describeBox(space);
  if (space.kind === 'multiDiscrete') {
    return space.nvec.map((n, i) => `${space.names ? `${space.names[i]} ` : ''}0 … ${n - 1}`).join(', ');
  }
  if (space.kind === 'multiBinary') return `${space.n} switches, 0 or 1`;
  return space.names?.map((name, action) => `${action} ${name}`).join(', ') ?? `0 … ${space.n - 1}`;
}

/** A Markdown table whose columns are aligned in the source. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) => Math.max(3, ...[head, ...rows].map((row) => row[column]!.length)));
  const line = (cells: readonly string[], fill: string) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column]!, fill)).join(' | ')} |`;
  return [
    line(head, ' '),
    line(
      head.map(() => ''),
      '-',
    ),
    ...rows.map((row) => line(row, ' ')),
  ].join('\n');
}

export function writePage({ spec }: EnvDefinition): string {
  const rows = [
    ['Observation', describeBox(spec.observationSpace)],
    ['Action', describeActions(spec.actionSpace)],
    ['Time limit', `${spec.maxEpisodeSteps} steps`],
    [
      'Solved from',
      spec.rewardThreshold === null ? 'not defined' : `a mean return of ${spec.rewardThreshold}`.replace('-', '−'),
    ],
    ['Shown at', `${spec.framesPerSecond} steps a second`],
  ];
  const { file, particular } = sourceOf(spec.id);
  return `# ${spec.id}

${spec.doc}

![${spec.id}](${pageName(spec.id)}.svg)

${table(['', ''], rows)}

## Rules

${particular ? `${asMarkdown(commentIn(...particular))}\n\n` : ''}${asMarkdown(commentIn(file))}

## Variants

${variantsOf(spec.id)}

## Published scores

${scoresOf(spec.id)}

Written in [src/envs/${file}](../../src/envs/${file}).
`;
}

/** The other environments whose rules are written in the same file. */
function variantsOf(id: string): string {
  const { file } = sourceOf(id);
  const others = envDefinitions
    .map(({ spec }) => spec.id)
    .filter((other) => other !== id && sourceOf(other).file === file);
  return others.length === 0 ? 'None.' : others.map((other) => `[${other}](${pageName(other)}.md)`).join(', ');
}

function scoresOf(id: string): string {
  const scores = publishedScoresOf(id);
  if (scores.length === 0) return 'None that we know of.';
  return table(
    ['mean return', 'by', 'source'],
    scores.map(({ score, by, source }) => [score, by, source]),
  );
}

export function writeIndex(definitions: readonly EnvDefinition[]): string {
  const rows = definitions.map(({ spec }) => [`[${spec.id}](${pageName(spec.id)}.md)`, spec.doc]);
  return `# Environments

![All environments](all-light.svg)

The same [in the dark](all-dark.svg).

${table(['id', 'task'], rows)}

The pages and pictures of this folder are made from the code: \`npx vitest run test/environmentDocs.test.ts -u\` writes them anew.
`;
}

const PICTURE_HEIGHT = 240;
const PICTURE_STEPS = 15;

/** A picture of the environment after some random steps. */
export function drawPicture(definition: EnvDefinition, theme: keyof typeof palettes = 'light'): string {
  const env = definition.create();
  const observation = createArray(definition.spec.observationSpace);
  const sample = makeActionSampler(definition.spec.actionSpace, new NumpyRandom(3));
  env.reset(observation, 0, 7);
  for (let t = 0; t < PICTURE_STEPS; t++) {
    env.step(sample(), observation, 0);
    if (env.terminated) env.reset(observation, 0);
  }
  const snapshot = new Float64Array(definition.snapshotSize);
  env.snapshot(snapshot);
  const width = Math.round(PICTURE_HEIGHT * definition.aspectRatio);
  const canvas = new SvgCanvas(width, PICTURE_HEIGHT, definition.spec.id);
  definition.draw(canvas, snapshot, width, PICTURE_HEIGHT, palettes[theme]);
  return canvas.toString();
}

const SHEET_COLUMNS = 6;
const CELL_WIDTH = 240;
const CELL_HEIGHT = 190;
const SHEET_PICTURE_HEIGHT = 140;

/** All environments on one sheet, each with its name below. */
export function drawSheet(definitions: readonly EnvDefinition[], theme: keyof typeof palettes): string {
  const rows = Math.ceil(definitions.length / SHEET_COLUMNS);
  const [width, height] = [SHEET_COLUMNS * CELL_WIDTH, rows * CELL_HEIGHT];
  const [paper, ink] = theme === 'light' ? ['#fdfdfb', '#15191d'] : ['#14181c', '#e7e7e1'];
  const cells = definitions.map((definition, i) => {
    const pictureWidth = Math.min(CELL_WIDTH - 20, SHEET_PICTURE_HEIGHT * definition.aspectRatio);
    const x = (i % SHEET_COLUMNS) * CELL_WIDTH + (CELL_WIDTH - pictureWidth) / 2;
    const y = Math.floor(i / SHEET_COLUMNS) * CELL_HEIGHT + 12;
    const picture = drawPicture(definition, theme).replace(
      /<svg xmlns="[^"]*" width="[^"]*" height="[^"]*"/,
      `<svg x="${x}" y="${y}" width="${pictureWidth}" height="${SHEET_PICTURE_HEIGHT}"`,
    );
    const label = `<text x="${x + pictureWidth / 2}" y="${y + SHEET_PICTURE_HEIGHT + 18}">${definition.spec.id}</text>`;
    return `${picture.trim()}\n${label}`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<title>All environments, ${theme}</title>
<rect width="${width}" height="${height}" fill="${paper}"/>
<g font-family="sans-serif" font-size="12" text-anchor="middle" fill="${ink}">
${cells.join('\n')}
</g>
</svg>
`;
}
