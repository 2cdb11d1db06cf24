/** Serves the page with a simulated agent in place of the trainer: `npx vite --config test/ui/vite.config.ts`. */
import { resolve } from 'node:path';
import { mergeConfig, type Plugin } from 'vite';
import projectConfig from '../../vite.config.ts';

const simulated = resolve(import.meta.dirname, 'SimulatedAgent.ts');

const simulateTheTrainer: Plugin = {
  name: 'simulate-the-trainer',
  enforce: 'pre',
  resolveId(source, importer) {
    if (source === './ActorLearnerAgent.ts' && importer?.endsWith('/src/trainer/session.ts')) return simulated;
    return source.endsWith('/metricsCsv.ts') || source.endsWith('/automation.ts') ? `\0${source}` : undefined;
  },
  load: (id) => (id.startsWith('\0.') ? 'export const metricsCsv = () => ""' : undefined),
};

export default mergeConfig(projectConfig, { plugins: [simulateTheTrainer], cacheDir: 'node_modules/.vite-ui' });
