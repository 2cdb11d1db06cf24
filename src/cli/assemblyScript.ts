/**
 * Vite's plugin for modules in AssemblyScript: `import bytes from './kernels.as.ts?wasm'` gives the bytes of the compiled module,
 * inlined, so that workers and Node need not fetch anything. They are kept below node_modules/ until the source changes.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import asc from 'assemblyscript/asc';
import type { Plugin } from 'vite';

const suffix = '.as.ts?wasm';
const cache = join(import.meta.dirname, '../../node_modules/.cache/pronk');

/** Speed before size; no runtime, no garbage collector, and memory that the importer provides. */
const options = ['-O3', '--converge', '--noAssert', '--runtime', 'stub', '--importMemory', '--enable', 'simd'];

export function assemblyScript(): Plugin {
  return {
    name: 'assemblyscript',
    enforce: 'pre',
    async load(id) {
      if (!id.endsWith(suffix)) return null;
      const file = id.slice(0, -'?wasm'.length);
      this.addWatchFile(file);
      const base64 = (await compileOnce(file)).toString('base64');
      return `export default Uint8Array.from(atob('${base64}'), (byte) => byte.charCodeAt(0));`;
    },
  };
}

async function compileOnce(file: string): Promise<Buffer> {
  const source = readFileSync(file);
  const hash = createHash('sha256').update(asc.version).update(options.join()).update(source).digest('hex');
  const kept = join(cache, `${basename(file, '.as.ts')}-${hash.slice(0, 16)}.wasm`);
  if (existsSync(kept)) return readFileSync(kept);
  const bytes = await compile(source.toString());
  mkdirSync(cache, { recursive: true });
  const unfinished = `${kept}.${process.pid}`;
  writeFileSync(unfinished, bytes);
  renameSync(unfinished, kept);
  return Buffer.from(bytes);
}

/** Rejects with the compiler's messages. Warnings count as errors. */
async function compile(source: string): Promise<Uint8Array> {
  let bytes: Uint8Array | null = null;
  const { error, stderr } = await asc.main(['module.ts', '--outFile', 'module.wasm', ...options], {
    readFile: (name) => (name === 'module.ts' ? source : null),
    writeFile: (name, contents) => {
      if (name === 'module.wasm') bytes = contents as Uint8Array;
    },
    listFiles: () => [],
  });
  const messages = stderr.toString();
  if (error || messages !== '' || bytes === null) throw new Error(messages || error?.message);
  return bytes;
}
