/** What a server should say with every file of the page. Each header is defined here once; docs/deploy.md explains them. */

/** Shared memory exists only on pages that are cross-origin isolated, which these two headers ask for. */
export const isolationHeaders = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
} as const;

/**
 * Scripts, styles, fonts and workers come from this site alone; nothing is evaluated but WebAssembly, which the learner's engine
 * is made of. Reading data is wider, since `initModelPath` may name weights on any host.
 */
export const contentSecurityPolicy = Object.entries({
  'default-src': "'none'",
  'script-src': "'self' 'wasm-unsafe-eval'",
  'style-src': "'self'",
  'font-src': "'self'",
  'img-src': "'self' data: blob:",
  'media-src': "'self' blob:",
  'worker-src': "'self'",
  'manifest-src': "'self'",
  'connect-src': "'self' https: http://localhost:* http://127.0.0.1:* data: blob:",
  'base-uri': "'none'",
  'form-action': "'none'",
})
  .map(([directive, sources]) => `${directive} ${sources}`)
  .join('; ');

export const productionHeaders = { ...isolationHeaders, 'Content-Security-Policy': contentSecurityPolicy } as const;
