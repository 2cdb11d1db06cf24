/**
 * Vite's plugin for modules in AssemblyScript: `import bytes from './kernels.as.ts?wasm'` gives the bytes of the compiled module,
 * inlined, so that workers and Node need not fetch anything; with `?wasm=relaxed`, of the same module where it may use relaxed SIMD
 * (ASC_FEATURE_RELAXED_SIMD). They are kept below node_modules/ until the source changes.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import type { Plugin } from 'vite';

const address = /^(?<file>.+\.as\.ts)\?wasm(?<relaxed>=relaxed)?$/;
const cache = join(import.meta.dirname, '../../node_modules/.cache/pronk');

/**
 * Speed before size; no runtime, no garbage collector, and memory that the importer provides. Vectors may be handed from file to file
 * (warning 112).
 */
const options = '-O3 --converge --noAssert --runtime stub --importMemory --enable simd --disableWarning 112'.split(' ');

export function assemblyScript(): Plugin {
  return {
    name: 'assemblyscript',
    enforce: 'pre',
    async load(id) {
      const { file } = address.exec(id)?.groups ?? {};
      if (!file) return null;
      for (const source of readSources(file).keys()) this.addWatchFile(source);
      const base64 = (await compileModule(id)).toString('base64');
      return `export default Uint8Array.from(atob('${base64}'), (byte) => byte.charCodeAt(0));`;
    },
  };
}

/** The bytes of the module at a path that ends in `.as.ts?wasm` or `.as.ts?wasm=relaxed`. */
export async function compileModule(id: string): Promise<Buffer> {
  const { file, relaxed } = address.exec(id)?.groups ?? {};
  if (!file) throw new Error(`${id} is no module in AssemblyScript.`);
  return compileOnce(file, readSources(file), relaxed ? [...options, '--enable', 'relaxed-simd'] : options);
}

/** A module's source and those it imports, by their paths. */
function readSources(file: string, found = new Map<string, string>()): Sources {
  if (found.has(file)) return found;
  const source = readFileSync(file, 'utf8');
  found.set(file, source);
  for (const [, path] of source.matchAll(/^(?:import|export) .* from '(.+)';$/gm))
    readSources(`${join(dirname(file), path!)}.ts`, found);
  return found;
}

type Sources = ReadonlyMap<string, string>;

async function compileOnce(file: string, sources: Sources, options: readonly string[]): Promise<Buffer> {
  const { version } = createRequire(import.meta.url)('assemblyscript/package.json') as { version: string };
  const hash = createHash('sha256').update(version).update(options.join());
  for (const source of sources.values()) hash.update(source);
  const kept = join(cache, `${basename(file, '.as.ts')}-${hash.digest('hex').slice(0, 16)}.wasm`);
  if (existsSync(kept)) return readFileSync(kept);
  const bytes = await compile(file, sources, options);
  mkdirSync(cache, { recursive: true });
  const unfinished = `${kept}.${process.pid}`;
  writeFileSync(unfinished, bytes);
  renameSync(unfinished, kept);
  return Buffer.from(bytes);
}

/** Rejects with the compiler's messages. Warnings count as errors. The compiler is loaded here alone, for that takes a second. */
async function compile(file: string, sources: Sources, options: readonly string[]): Promise<Uint8Array> {
  const { default: asc } = await import('assemblyscript/asc');
  const root = dirname(file);
  const byName = new Map([...sources].map(([path, source]) => [nameBelow(root, path), source]));
  let bytes: Uint8Array | null = null;
  const { error, stderr } = await asc.main([nameBelow(root, file), '--outFile', 'module.wasm', ...options], {
    readFile: (name) => byName.get(name) ?? null,
    writeFile: (name, contents) => {
      if (name === 'module.wasm') bytes = contents as Uint8Array;
    },
    listFiles: () => [],
  });
  const messages = stderr.toString();
  if (error || messages !== '' || bytes === null) throw new Error(messages || error?.message);
  return bytes;
}

/** The compiler's names are relative, with slashes on every system. */
const nameBelow = (root: string, path: string): string => relative(root, path).replaceAll('\\', '/');
