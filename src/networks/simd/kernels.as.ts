/**
 * The numeric kernels of inference, in AssemblyScript: WebAssembly with 128-bit SIMD, four float32 at a time. All memory is the
 * caller's: every pointer is a byte address in the imported memory, every array is float32 and has room for three more elements at its
 * end, which kernels may overwrite. Images are [height, width, channels]. Nothing here allocates or calls out.
 *
 * Sums start at the bias and add up in the order of the inputs, whatever the number of rows and whichever kernel does it. So a row's
 * result depends on nothing but the row.
 */
export * from './elementwise.as';
export * from './images.as';
export * from './lstm.as';
export * from './products.as';
export * from './sparseProducts.as';
