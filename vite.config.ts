import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { firstScreenGroup } from './build/firstScreen.ts';
import { isolationHeaders, productionHeaders } from './build/headers.ts';
import { serviceWorker } from './build/serviceWorker.ts';
import { staticHost } from './build/staticHost.ts';
import { assemblyScript } from './src/cli/assemblyScript.ts';

export default defineConfig({
  base: './',
  plugins: [react(), assemblyScript(), staticHost(), serviceWorker()],
  worker: { format: 'es', plugins: () => [assemblyScript()] },
  // Workers are found when they start; without this their packages would be prepared then, and the page reloaded.
  optimizeDeps: { entries: ['index.html', 'src/**/*.worker.ts', 'src/**/*Backend.ts'] },
  // Files are never inlined: the content security policy allows no data: addresses where code or fonts are expected.
  build: {
    target: 'es2022',
    chunkSizeWarningLimit: 1500,
    assetsInlineLimit: 0,
    manifest: true,
    rolldownOptions: { output: { codeSplitting: { groups: [firstScreenGroup()] } } },
  },
  server: { headers: isolationHeaders },
  preview: { headers: productionHeaders },
});
