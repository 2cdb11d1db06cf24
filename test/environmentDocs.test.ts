import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { envDefinitions } from '../src/envs/registry.ts';
import { drawPicture, drawSheet, pageName, writeIndex, writePage } from './environmentDocs.ts';

const folder = join(import.meta.dirname, '../docs/environments');

describe('docs/environments', () => {
  it.each(envDefinitions)('says of $spec.id what the code says', async (definition) => {
    await expect(writePage(definition)).toMatchFileSnapshot(join(folder, `${pageName(definition.spec.id)}.md`));
  });

  it.each(envDefinitions)('shows $spec.id as it is drawn', async (definition) => {
    await expect(drawPicture(definition)).toMatchFileSnapshot(join(folder, `${pageName(definition.spec.id)}.svg`));
  });

  it.each(['light', 'dark'] as const)('shows all of them on one %s sheet', async (theme) => {
    await expect(drawSheet(envDefinitions, theme)).toMatchFileSnapshot(join(folder, `all-${theme}.svg`));
  });

  it('lists every environment, and has no page of one that is gone', async () => {
    await expect(writeIndex(envDefinitions)).toMatchFileSnapshot(join(folder, 'README.md'));
    const pages = envDefinitions.flatMap(({ spec }) => [`${pageName(spec.id)}.md`, `${pageName(spec.id)}.svg`]);
    expect(readdirSync(folder).sort()).toEqual([...pages, 'README.md', 'all-light.svg', 'all-dark.svg'].sort());
  });
});
