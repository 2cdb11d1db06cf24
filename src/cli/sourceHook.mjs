/**
 * Node's hook for the sources that it cannot read itself: TypeScript, whose types are removed, and modules in AssemblyScript. Vite's
 * server of modules would do the same, but takes seconds to start.
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { transformWithOxc } from 'vite';

const compiler = new URL('./assemblyScript.ts', import.meta.url).href;

export async function load(url, context, nextLoad) {
  const { protocol, pathname } = new URL(url);
  if (protocol !== 'file:' || !pathname.endsWith('.ts')) return nextLoad(url, context);
  return { format: 'module', source: await moduleOf(url, fileURLToPath(url)), shortCircuit: true };
}

async function moduleOf(url, path) {
  const { search } = new URL(url);
  // Compiled where it is imported, since the compiler is TypeScript too.
  if (search)
    return `import { compileModule } from '${compiler}'; export default await compileModule(${JSON.stringify(path + search)});`;
  const { code } = await transformWithOxc(await readFile(path, 'utf8'), path, { sourcemap: false });
  return code;
}
