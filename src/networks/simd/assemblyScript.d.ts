/** The bytes of a WebAssembly module, compiled by the plugin in cli/assemblyScript.ts. */
declare module '*.as.ts?wasm' {
  const bytes: Uint8Array;
  export default bytes;
}

/** The same, compiled for engines with relaxed SIMD. */
declare module '*.as.ts?wasm=relaxed' {
  const bytes: Uint8Array;
  export default bytes;
}
