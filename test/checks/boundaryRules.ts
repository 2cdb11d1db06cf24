/** Which part of the program may know which: the layout of docs/ARCHITECTURE.md as rules that a machine checks. */
import { posix } from 'node:path';
import type { Module, Reference } from './importGraph.ts';

/** Folders of src/. Each imports only from folders above its own line, and never from its neighbours in the line. */
export const layers: readonly (readonly string[])[] = [
  ['math'],
  ['envs', 'metrics'],
  ['distributions'],
  ['algorithms'],
  ['config'],
  ['networks'],
  ['rollout'],
  ['threads'],
  ['actor', 'learner', 'playback', 'offline'],
  ['benchmarks'],
  ['checkpoints'],
  ['evaluation', 'exports'],
  ['trainer'],
  ['runs'],
  ['ui'],
  ['main.tsx', 'cli'],
];

const workerFolders = ['actor', 'learner', 'playback', 'offline', 'benchmarks'];

interface Rule {
  readonly name: string;
  readonly reason: string;
  readonly remedy: string;
}

interface ImportRule extends Rule {
  forbids(from: string, reference: Reference): boolean;
}

interface NameRule extends Rule {
  /** Names the module may not use. */
  readonly uses: readonly string[];
  allows(path: string): boolean;
}

interface PathRule extends Rule {
  forbids(path: string): boolean;
}

/** 'envs' of 'src/envs/cartPole/cartPole.ts', 'main.tsx' of 'src/main.tsx'; empty outside of src/. */
const folderOf = (path: string): string => /^src\/([^/]+)/.exec(path)?.[1] ?? '';
const isIn = (path: string, ...folders: string[]): boolean => folders.includes(folderOf(path));
const layerOf = (path: string): number => layers.findIndex((layer) => layer.includes(folderOf(path)));
const isTest = (path: string): boolean => /\.test(-d)?\.tsx?$/.test(path);

const onlyIn = (packages: RegExp, where: (path: string) => boolean, rule: Rule): ImportRule => ({
  ...rule,
  forbids: (from, { to }) => packages.test(to) && !where(from),
});

export const importRules: readonly ImportRule[] = [
  {
    name: 'imports go up the list of layers',
    reason: 'A folder that knows the ones below it cannot be read, tested or reused without them.',
    remedy: 'Move the shared part up, or pass it in as an argument.',
    forbids: (from, { to }) => to.startsWith('src/') && folderOf(from) !== folderOf(to) && layerOf(to) >= layerOf(from),
  },
  {
    name: 'who starts a worker knows it by its api alone',
    reason: "A worker's code in the page would block it and make it heavy.",
    remedy: 'Import types from its *.api.ts, or start its *.worker.ts with ?worker.',
    forbids: (from, { to, kind }) =>
      isIn(from, 'trainer', 'evaluation') &&
      isIn(to, ...workerFolders) &&
      !(kind === 'type' && to.endsWith('.api.ts')) &&
      !(kind === 'asset' && to.endsWith('.worker.ts')),
  },
  {
    name: 'a worker is started, never imported',
    reason: "Importing it would run the worker's code in the importer's thread.",
    remedy: 'Add ?worker, or import from the module that holds the logic.',
    forbids: (_from, { to, kind }) => to.endsWith('.worker.ts') && kind !== 'asset',
  },
  {
    name: 'an api file holds types only',
    reason: 'The page imports it, and must get no code of the worker with it.',
    remedy: 'Write `import type`.',
    forbids: (from, { kind }) => from.endsWith('.api.ts') && kind !== 'type',
  },
  {
    name: 'the page does not know shared memory or its workers',
    reason: 'The page never waits and never reads a rollout; training needs nothing from it.',
    remedy: 'Read the run through the trainer.',
    forbids: (from, { to }) => isIn(from, 'ui', 'main.tsx') && isIn(to, 'rollout', 'actor', 'learner'),
  },
  onlyIn(/^@tensorflow\//, (path) => isIn(path, 'learner'), {
    name: 'TensorFlow.js stays in learner/',
    reason: 'It is megabytes that no other thread needs.',
    remedy: 'Ask for it through the engine interface of the learner.',
  }),
  onlyIn(/^comlink$/, (path) => isIn(path, 'threads') || path.endsWith('.worker.ts'), {
    name: 'comlink stays in threads/ and worker files',
    reason: 'A bare comlink call never settles when its worker dies.',
    remedy: 'Use spawnWorker, whose calls are raced against that.',
  }),
  onlyIn(
    /^(react(-dom)?|recharts|lucide-react|@fontsource(-variable)?)(\/|$)/,
    (path) => isIn(path, 'ui', 'main.tsx'),
    {
      name: 'React stays in ui/',
      reason: 'The page is one client of the trainer; the command line and the tests are others.',
      remedy: 'Let the trainer tell its listeners, and subscribe to it in ui/.',
    },
  ),
  onlyIn(/^(mediabunny|gifenc)$/, (path) => isIn(path, 'playback'), {
    name: 'encoders of films stay in playback/',
    reason: 'They are large, and only a worker that films needs them.',
    remedy: 'Ask the recorder for a film.',
  }),
  onlyIn(/^(node:|playwright|vite$)/, (path) => isIn(path, 'cli'), {
    name: 'Node stays in cli/',
    reason: 'Everything else runs in browsers.',
    remedy: 'Do it in cli/ and pass the result in.',
  }),
];

export const nameRules: readonly NameRule[] = [
  {
    name: 'Atomics stay in rollout/',
    reason: 'Lock-free code is proved in one place or nowhere.',
    remedy: 'Add what you need to a class of rollout/, with a stress test.',
    uses: ['Atomics'],
    allows: (path) => isIn(path, 'rollout'),
  },
  {
    name: 'operations that are wrong or missing on an engine stay out',
    reason:
      'webgpu: cumsum, and its gradient, err after the first length; multinomial gives 0 for row 0. wasm: gather has no gradient. All: no gradient for einsum and stridedSlice; fit and nextFrame hang in hidden tabs.',
    remedy: 'Compose it of others, pick with a one-hot mask, or write a kernel of our own (ownKernel.ts).',
    uses: ['cumsum', 'multinomial', 'gather', 'einsum', 'stridedSlice', 'nextFrame', 'conv2dDerFilter', 'avgPool'],
    allows: (path) => !isIn(path, 'learner'),
  },
  {
    name: 'random numbers are seeded',
    reason: 'The same seed must give the same run.',
    remedy: 'Take a RandomStream of math/, named by seed and purpose.',
    uses: ['Math.random'],
    allows: () => false,
  },
];

export const pathRules: readonly PathRule[] = [
  {
    name: 'every folder has a place in the list of layers',
    reason: 'The layout is the architecture.',
    remedy: 'Put the folder into the list, and into docs/ARCHITECTURE.md.',
    forbids: (path) => layerOf(path) < 0,
  },
  {
    name: 'no barrels',
    reason: 'Importing one thing from a barrel loads all of it; one of ours would pull TensorFlow.js into the page.',
    remedy: 'Import from the file that has it.',
    forbids: (path) => /^index\.tsx?$/.test(posix.basename(path)),
  },
  {
    name: 'no drawers for odds and ends',
    reason: 'A function that fits no folder is a missing name.',
    remedy: 'Name what it is about.',
    forbids: (path) => /(^|\/)(utils?|helpers?|common|shared|misc)(\/|\.tsx?$)/i.test(path),
  },
];

/** One sentence for each violation. Tests may import and use what they like. */
export function findViolations(modules: readonly Module[]): string[] {
  return modules.flatMap(({ path, references, names }) => [
    ...pathRules.filter((rule) => rule.forbids(path)).map((rule) => describe(rule, path)),
    ...references
      .filter(() => !isTest(path))
      .flatMap((reference) =>
        importRules
          .filter((rule) => rule.forbids(path, reference))
          .map((rule) => describe(rule, `${path} imports ${reference.to}`)),
      ),
    ...nameRules
      .filter((rule) => !isTest(path) && !rule.allows(path))
      .flatMap((rule) =>
        rule.uses.filter((name) => names.has(name)).map((name) => describe(rule, `${path} uses ${name}`)),
      ),
  ]);
}

const describe = ({ name, reason, remedy }: Rule, what: string): string => `${what}: ${name}. ${reason} ${remedy}`;
