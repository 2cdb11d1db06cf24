/** The engines a learner can compute on. */
export type Device = 'webgpu' | 'wasm' | 'cpu';
