/**
 * Runs a command of this folder: `node launch.mjs train --help`. The commands are TypeScript, which Node 20 cannot read, so Vite
 * loads them; this file is the only one that Node reads itself.
 */
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const commands = {
  train: './train.ts',
  evaluate: './evaluate.ts',
  bench: './bench.ts',
  docs: './writeDocs.ts',
  screenshots: './takeScreenshots.ts',
};

const [name = '', ...parameters] = process.argv.slice(2);
const file = commands[name];
if (file) {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const { module } = await runnerImport(path, { configFile: false, logLevel: 'error' });
  await module.main(parameters);
} else {
  process.stderr.write(`There is no command "${name}". Commands: ${Object.keys(commands).join(', ')}.\n`);
  process.exitCode = 2;
}
