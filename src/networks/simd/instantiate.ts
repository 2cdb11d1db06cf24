/** Modules compiled from AssemblyScript, on memory of their importer. */

/** As much of WebAssembly as is used here. The language's own types leave it to those of browsers and of Node. */
interface WebAssemblyApi {
  validate(bytes: Uint8Array): boolean;
  Memory: new (size: { initial: number }) => WasmMemory;
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { readonly exports: unknown };
}

export interface WasmMemory {
  readonly buffer: ArrayBuffer;
}

const { WebAssembly: wasm } = globalThis as unknown as { WebAssembly?: WebAssemblyApi };

const pageBytes = 65536;

const modules = new WeakMap<Uint8Array, object>();

/** Whether this engine knows the instructions of a module. */
export const supports = (bytes: Uint8Array): boolean => wasm?.validate(bytes) ?? false;

/** Zeroed memory of at least `sizeBytes`, which never grows, so that views of it stay valid. */
export function allocateMemory(sizeBytes: number): WasmMemory {
  if (!wasm) throw new Error('There is no WebAssembly here.');
  return new wasm.Memory({ initial: Math.ceil(sizeBytes / pageBytes) });
}

/** What a module exports. Each is compiled once in a thread. Throws where `supports` says no. */
export function instantiate<Exports>(bytes: Uint8Array, memory: WasmMemory): Exports {
  if (!wasm) throw new Error('There is no WebAssembly here.');
  let module = modules.get(bytes);
  if (!module) {
    module = new wasm.Module(bytes);
    modules.set(bytes, module);
  }
  return new wasm.Instance(module, { env: { memory } }).exports as Exports;
}
