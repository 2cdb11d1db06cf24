import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { assemblyScript } from './src/cli/assemblyScript.ts';

/** Shared memory exists only on pages that are cross-origin isolated, which these two headers ask for. */
export const isolationHeaders = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

export default defineConfig({
  base: './',
  plugins: [react(), assemblyScript()],
  worker: { format: 'es', plugins: () => [assemblyScript()] },
  // Workers are found when they start; without this their packages would be prepared then, and the page reloaded.
  optimizeDeps: { entries: ['index.html', 'src/**/*.worker.ts', 'src/**/*Backend.ts'] },
  build: { target: 'es2022', chunkSizeWarningLimit: 1500 },
  server: { headers: isolationHeaders },
  preview: { headers: isolationHeaders },
});
