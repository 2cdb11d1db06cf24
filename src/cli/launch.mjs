/** Runs a command of this folder: `node launch.mjs train --help`. The commands are TypeScript, which Node reads through a hook. */
import { register } from 'node:module';

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
  // Node 26 prefers `registerHooks`, which Node 20 lacks and which cannot wait for a transformation.
  process.noDeprecation = true;
  register('./sourceHook.mjs', import.meta.url);
  const { main } = await import(file);
  await main(parameters);
} else {
  process.stderr.write(`There is no command "${name}". Commands: ${Object.keys(commands).join(', ')}.\n`);
  process.exitCode = 2;
}
