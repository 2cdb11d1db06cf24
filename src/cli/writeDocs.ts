/** `npm run docs` writes the reference pages that derive from the tables of the source. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { referencePages } from './referencePages.ts';

export function main(): void {
  for (const [path, text] of Object.entries(referencePages())) {
    writeFileSync(join(import.meta.dirname, '../..', path), text);
    process.stdout.write(`wrote ${path}\n`);
  }
}
