/** Reads recordings of the reference implementations; test/fixtures/README.md says what they are. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const ownFolder = join(import.meta.dirname, 'fixtures');

/** `GOLDEN_DIR` is a folder of recordings that take the place of those in the repository with the same names. */
function pathOf(name: string): string {
  const other = process.env.GOLDEN_DIR && join(process.env.GOLDEN_DIR, name);
  return other && existsSync(other) ? other : join(ownFolder, name);
}

/** The parsed JSON of a recording such as 'classic-control/cartpole-v1.json'; a name ending in .gz is unpacked first. */
export function readFixture<T>(name: string): T {
  const bytes = readFileSync(pathOf(name));
  return JSON.parse((name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')) as T;
}
