/** Builds the service worker to `serviceWorker.js` beside the page, with the list of the files that it keeps. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { build, type Plugin } from 'vite';
import type { KeptFile } from '../src/offline/offline.api.ts';
import { isolationHeaders } from './headers.ts';

/** Hidden files and `_headers` are for tools and hosts. */
const isKept = (path: string): boolean => !/(^|\/)[._]|^serviceWorker\.js$/.test(path);

export function serviceWorker(): Plugin {
  let root = '';
  let folder = '';
  return {
    name: 'pronk:service-worker',
    apply: 'build',
    configResolved(config) {
      root = config.root;
      folder = resolve(root, config.build.outDir);
    },
    async closeBundle(error) {
      if (error) return;
      await build({
        configFile: false,
        logLevel: 'error',
        publicDir: false,
        define: {
          __KEPT_FILES__: JSON.stringify(keptFiles(folder)),
          __ISOLATION_HEADERS__: JSON.stringify(isolationHeaders),
        },
        build: {
          target: 'es2022',
          outDir: folder,
          emptyOutDir: false,
          // A classic script: not every browser starts a service worker that is a module.
          lib: {
            entry: join(root, 'src/offline/offline.worker.ts'),
            formats: ['iife'],
            name: 'serviceWorker',
            fileName: () => 'serviceWorker.js',
          },
        },
      });
    },
  };
}

/** Every file of a build that the page may ask for, by its address relative to the page. */
export function keptFiles(folder: string): KeptFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .map((path) => path.split(sep).join('/'))
    .filter(isKept)
    .toSorted()
    .map((path) => ({
      // Some hosts redirect from /index.html to /, and / is what people open.
      path: path === 'index.html' ? '' : path,
      sha256: createHash('sha256')
        .update(readFileSync(join(folder, path)))
        .digest('base64'),
    }));
}
