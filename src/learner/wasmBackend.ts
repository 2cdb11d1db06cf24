import { type BackendWasm, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import plainWasm from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simdWasm from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import { backend, env, setBackend } from '@tensorflow/tfjs-core';
import type { BackendHandle } from './backends.ts';
import { hosts } from './ownKernel.ts';
import { replaceTanh } from './replaceTanh.ts';
import { registerSimdKernels } from './simd/registerSimdKernels.ts';
import { TensorCalls, WasmProgram } from './WasmProgram.ts';

/** WebAssembly on one thread: the multi-threaded build does not start from a bundled module worker. */
export async function openWasm(): Promise<BackendHandle> {
  replaceTanh('wasm');
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  setWasmPaths({
    'tfjs-backend-wasm.wasm': plainWasm,
    'tfjs-backend-wasm-simd.wasm': simdWasm,
    'tfjs-backend-wasm-threaded-simd.wasm': simdWasm, // Must be named, is never loaded.
  });
  if (!(await setBackend('wasm')))
    throw new Error('This browser could not start WebAssembly. Choose the device "cpu".');
  const wasm = backend() as BackendWasm;
  registerSimdKernels(wasm);
  const tensorCalls = TensorCalls.of(wasm);
  const hasSimd = await env().getAsync('WASM_HAS_SIMD_SUPPORT');
  return {
    name: 'wasm',
    description: hasSimd ? 'WebAssembly with SIMD, one thread' : 'WebAssembly, one thread',
    isSoftware: false,
    view: hosts.wasm(wasm).view,
    compile: (program, inputs) => WasmProgram.compile(tensorCalls, program, inputs),
    throwIfFailed: () => {},
  };
}
