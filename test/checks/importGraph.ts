/** What each module of src/ imports, and which globals it uses: the facts that the boundary rules judge. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { parseSync, Visitor } from 'vite';

export interface Reference {
  /** A path such as 'src/math/statistics.ts', or the name of a package. */
  readonly to: string;
  /** 'type' leaves no trace in the built code; 'asset' is an address or a worker, whose code does not join the importer's. */
  readonly kind: 'value' | 'type' | 'asset';
}

export interface Module {
  /** From the root of the repository, with forward slashes. */
  readonly path: string;
  readonly references: readonly Reference[];
  /** Every name, and every `object.property`, that occurs in the code. */
  readonly names: ReadonlySet<string>;
}

/** Every TypeScript module below the folder, tests included. */
export function readModules(root: string, folder: string): Module[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => posix.join(folder, file.replaceAll('\\', '/')))
    .filter((path) => /\.tsx?$/.test(path))
    .toSorted()
    .map((path) => readModule(path, readFileSync(join(root, path), 'utf8')));
}

export function readModule(path: string, source: string): Module {
  const { program, errors } = parseSync(path, source);
  if (errors.length > 0) throw new Error(`${path} cannot be parsed: ${errors[0]?.message}`);
  const references: Reference[] = [];
  const names = new Set<string>();
  const refer = (specifier: string, kind: Reference['kind']) => references.push(resolve(path, specifier, kind));
  new Visitor({
    ImportDeclaration: (node) => refer(node.source.value, node.importKind === 'type' ? 'type' : 'value'),
    ExportNamedDeclaration: (node) => {
      if (node.source) refer(node.source.value, node.exportKind === 'type' ? 'type' : 'value');
    },
    ExportAllDeclaration: (node) => refer(node.source.value, node.exportKind === 'type' ? 'type' : 'value'),
    ImportExpression: (node) => {
      if (node.source.type === 'Literal') refer(String(node.source.value), 'value');
    },
    TSImportType: (node) => refer(node.source.value, 'type'),
    NewExpression: ({ callee, arguments: [address, base] }) => {
      const isUrlOfModule = callee.type === 'Identifier' && callee.name === 'URL' && base?.type === 'MemberExpression';
      if (isUrlOfModule && address?.type === 'Literal') refer(String(address.value), 'asset');
    },
    Identifier: (node) => names.add(node.name),
    MemberExpression: ({ object, property }) => {
      if (object.type !== 'Identifier') return;
      if (property.type === 'Identifier') names.add(`${object.name}.${property.name}`);
      if (property.type === 'Literal') names.add(`${object.name}.${property.value}`);
    },
  }).visit(program);
  return { path, references, names };
}

/** '@tensorflow/tfjs-core/dist/tensor' belongs to '@tensorflow/tfjs-core'; '../a.ts?worker' is an asset. */
function resolve(from: string, specifier: string, kind: Reference['kind']): Reference {
  const [address = '', query] = specifier.split('?');
  const to = address.startsWith('.') ? posix.join(posix.dirname(from), address) : packageOf(address);
  return { to, kind: query === undefined ? kind : 'asset' };
}

const packageOf = (address: string): string =>
  address
    .split('/')
    .slice(0, address.startsWith('@') ? 2 : 1)
    .join('/');
