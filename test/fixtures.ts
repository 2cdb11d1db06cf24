/** Reads recordings of the reference implementations; test/fixtures/README.md says what they are. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** `GOLDEN_DIR` puts another set of recordings with the same names in place of the one in the repository. */
const folder = process.env.GOLDEN_DIR ?? join(import.meta.dirname, 'fixtures');

/** The parsed JSON of a recording such as 'classic-control/cartpole-v1.json'; a name ending in .gz is unpacked first. */
export function readFixture<T>(name: string): T {
  const bytes = readFileSync(join(folder, name));
  return JSON.parse((name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')) as T;
}
