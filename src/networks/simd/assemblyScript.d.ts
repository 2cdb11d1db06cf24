/** The bytes of a WebAssembly module, compiled by the plugin in cli/assemblyScript.ts. */
declare module '*.as.ts?wasm' {
  const bytes: Uint8Array;
  export default bytes;
}
