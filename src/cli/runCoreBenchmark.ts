import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'vite';
import { assemblyScript } from './assemblyScript.ts';

const outDir = join(import.meta.dirname, '../../node_modules/.cache/pronk/bench');

let bundling: Promise<string> | null = null;

/** Measures one thing of coreBenchmarks.ts in a process of its own. */
export async function runCoreBenchmark(name: string, durationMs: number): Promise<Record<string, number>> {
  bundling ??= bundle();
  const { stdout } = await promisify(execFile)(process.execPath, [await bundling, name, String(durationMs)]);
  return JSON.parse(stdout) as Record<string, number>;
}

/** One file, as code is shipped. */
async function bundle(): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'error',
    plugins: [assemblyScript()],
    ssr: { noExternal: true },
    build: {
      ssr: join(import.meta.dirname, 'coreBenchmarks.ts'),
      outDir,
      emptyOutDir: true,
      rolldownOptions: { output: { entryFileNames: 'coreBenchmarks.mjs' } },
    },
  });
  return join(outDir, 'coreBenchmarks.mjs');
}
