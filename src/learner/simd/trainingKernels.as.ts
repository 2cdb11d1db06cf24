/**
 * The numeric kernels of training, in AssemblyScript: WebAssembly with 128-bit SIMD, four float32 at a time. They work in the memory
 * of TensorFlow.js's wasm backend: every pointer is a byte address there, every array is float32 and row-major. Nothing outside the
 * arrays is read or written. Nothing here allocates or calls out.
 */
export * from './elementwise.as';
export * from './lstm.as';
export * from './optimizers.as';
export * from './packing.as';
export * from './patches.as';
export * from './products.as';
export * from './transposedProducts.as';
