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
  const { assemblyScript } = await load('./assemblyScript.ts', []);
  const { main } = await load(file, [assemblyScript()]);
  await main(parameters);
} else {
  process.stderr.write(`There is no command "${name}". Commands: ${Object.keys(commands).join(', ')}.\n`);
  process.exitCode = 2;
}

async function load(file, plugins) {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const { module } = await runnerImport(path, { configFile: false, logLevel: 'error', plugins });
  return module;
}
