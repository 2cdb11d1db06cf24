/** What a static host needs beside the page: the policy in the page itself, and a `_headers` file for hosts that read one. */
import type { Plugin } from 'vite';
import { contentSecurityPolicy, productionHeaders } from './headers.ts';

export function staticHost(): Plugin {
  return {
    name: 'pronk:static-host',
    // The development server needs inline scripts and a socket.
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: contentSecurityPolicy },
        injectTo: 'head-prepend',
      },
    ],
    generateBundle() {
      const lines = Object.entries(productionHeaders).map(([name, value]) => `  ${name}: ${value}\n`);
      this.emitFile({ type: 'asset', fileName: '_headers', source: `/*\n${lines.join('')}` });
    },
  };
}
