import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { evaluateFlags } from '../../src/cli/evaluateFlags.ts';
import { referencePages } from '../../src/cli/referencePages.ts';
import { trainFlags } from '../../src/cli/trainFlags.ts';
import { hyperparametersOf } from '../../src/config/presets.ts';
import { findEnv } from '../../src/envs/registry.ts';
import { networkSpecFor } from '../../src/networks/networkSpec.ts';
import { parameterLayout } from '../../src/networks/parameterLayout.ts';
import { read, repositoryFiles, root } from './repositoryFiles.ts';

const files = repositoryFiles();
const pages = files.filter((path) => path.endsWith('.md') && !path.startsWith('test/fixtures/'));
const scripts = Object.keys((JSON.parse(read('package.json')) as { scripts: object }).scripts);

/** Everything the expression finds in the page, by its first group. */
const findAll = (page: string, expression: RegExp): string[] =>
  [...read(page).matchAll(expression)].map((match) => match[1] ?? '');

/** The addresses GitHub gives to the headings of a page. */
const anchorsOf = (page: string): string[] =>
  findAll(page, /^#+ (.+)$/gm).map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

function isBroken(page: string, link: string): boolean {
  if (/^[a-z]+:/.test(link)) return false;
  const [target = '', anchor] = link.split('#');
  const path = target === '' ? page : posix.join(posix.dirname(page), target);
  if (!existsSync(join(root, path))) return true;
  return anchor !== undefined && path.endsWith('.md') && !anchorsOf(path).includes(anchor);
}

describe.each(pages)('%s', (page) => {
  it('links to files and headings that exist', () => {
    const prose = read(page).replace(/```.*?```/gs, '');
    const links = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? '');
    expect(links.filter((link) => isBroken(page, link))).toEqual([]);
  });

  it('names npm scripts that exist', () => {
    expect(findAll(page, /npm run ([\w:-]+)/g).filter((name) => !scripts.includes(name))).toEqual([]);
  });

  it.each([
    ['train', trainFlags],
    ['evaluate', evaluateFlags],
  ] as const)('gives `npm run %s` flags that exist', (command, flags) => {
    const lines = findAll(page, new RegExp(`npm run ${command} -- (.*(?:\\\\\\n.*)*)`, 'g'));
    const used = lines.flatMap((line) => [...line.matchAll(/--(?:no-)?([a-z][\w-]*)/g)].map((match) => match[1] ?? ''));
    expect(used.filter((flag) => !(flag in flags))).toEqual([]);
  });
});

describe('The reference pages', () => {
  it.each(Object.entries(referencePages()))('%s is what `npm run docs` writes', (path, text) => {
    expect(read(path)).toBe(text);
  });
});

describe('The README', () => {
  it('builds the network of the CartPole preset in PyTorch', () => {
    const code = read('README.md').match(/```python\n(.*?)```/s)?.[1] ?? '';
    const layers = [...code.matchAll(/Linear\((\d+), (\d+)\)/g)].map(([, inputs, outputs]) => [
      Number(outputs),
      Number(inputs),
    ]);
    const network = networkSpecFor(findEnv('CartPole-v1').spec, hyperparametersOf('cartpole'));
    const { tensors } = parameterLayout(network);
    expect(layers).toEqual(tensors.filter(({ shape }) => shape.length === 2).map(({ shape }) => shape));
    // Linear and Tanh take turns in the Sequential, which numbers them: encoder.0, encoder.2.
    expect(tensors.filter(({ shape }) => shape.length === 2).map(({ name }) => name)).toEqual([
      'encoder.0.weight',
      'encoder.2.weight',
      'policy.weight',
      'baseline.weight',
    ]);
    expect(code).toContain(
      `torch.nn.${{ tanh: 'Tanh', relu: 'ReLU' }[(network.encoder[0] as { activation: 'tanh' | 'relu' }).activation]}()`,
    );
  });
});

describe('The repository', () => {
  it('holds no path of one machine and no address of a package registry', () => {
    const traces = [
      /(?<![\w.])\/(work|root|workspace)\/\w/,
      /[\w.-]*registry[\w.-]*\.(org|com|net|io|dev)\b/,
      /https?:\/\/(10|192\.168)\.[\d.]+/,
    ];
    const texts = files.filter((path) => /\.(tsx?|mjs|json|md|html|css|ya?ml)$|(^|\/)(\.npmrc|run)$/.test(path));
    const found = texts.filter(
      (path) => path !== 'test/checks/docs.test.ts' && traces.some((trace) => trace.test(read(path))),
    );
    expect(found).toEqual([]);
  });

  it('locks packages without the address they came from', () => {
    expect(read('package-lock.json')).not.toContain('"resolved": "http');
  });
});
