/**
 * Serves the app as anybody would host it: a production build, with the headers that give pages shared memory. The build is
 * kept and made anew only when the sources change, so that a second run starts at once.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { preview } from 'vite';

export interface ServedApp {
  /** Ends in a slash. */
  readonly url: string;
  close(): Promise<void>;
}

const root = join(import.meta.dirname, '../..');
const cache = join(root, 'node_modules/.cache/pronk');

/** Everything that the build depends on. */
const sources = [
  'build',
  'docs/adding-an-environment.md',
  'index.html',
  'package-lock.json',
  'public',
  'src',
  'tsconfig.json',
  'vite.config.ts',
];

const dayMs = 24 * 60 * 60 * 1000;

export async function serveApp(): Promise<ServedApp> {
  const outDir = await buildApp();
  const server = await preview({
    root,
    logLevel: 'error',
    build: { outDir },
    preview: { host: '127.0.0.1', port: 0, open: false },
  });
  const address = server.httpServer.address();
  if (address === null || typeof address === 'string') throw new Error('The server of the app got no port.');
  return { url: `http://127.0.0.1:${address.port}/`, close: () => server.close() };
}

/** The folder of a build of the present sources. */
export async function buildApp(): Promise<string> {
  const folder = join(cache, `app-${hashOf(sources)}`);
  if (existsSync(join(folder, 'index.html'))) return folder;
  deleteOldBuilds();
  const unfinished = `${folder}.${process.pid}`;
  await build(unfinished);
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    rmSync(unfinished, { recursive: true });
    if (!existsSync(join(folder, 'index.html'))) throw error; // Else another process was faster with the same build.
  }
  return folder;
}

/** In a process of its own, for a test runner's NODE_ENV would make it a development build. */
async function build(outDir: string): Promise<void> {
  const vite = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin/vite.js');
  const parameters = [vite, 'build', '--outDir', outDir, '--emptyOutDir', '--logLevel', 'error'];
  try {
    await promisify(execFile)(process.execPath, parameters, {
      cwd: root,
      env: { ...process.env, NODE_ENV: 'production' },
    });
  } catch (error) {
    throw new Error(`The app does not build:\n${(error as { stderr?: string }).stderr || (error as Error).message}`);
  }
}

function hashOf(paths: readonly string[]): string {
  const hash = createHash('sha256');
  const add = (path: string): void => {
    const stats = statSync(join(root, path), { throwIfNoEntry: false });
    if (stats?.isDirectory()) {
      for (const name of readdirSync(join(root, path)).toSorted()) add(join(path, name));
    } else if (stats) {
      hash.update(`${path}\0${stats.size}\0`).update(readFileSync(join(root, path)));
    }
  };
  for (const path of paths) add(path);
  return hash.digest('hex').slice(0, 16);
}

/** A build that is younger than a day may still be served by another process. */
function deleteOldBuilds(): void {
  if (!existsSync(cache)) return;
  for (const name of readdirSync(cache)) {
    const path = join(cache, name);
    if (Date.now() - statSync(path).mtimeMs > dayMs) rmSync(path, { recursive: true, force: true });
  }
}
