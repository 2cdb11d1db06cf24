/**
 * A program of kernels as what the GPU was told to do. To call a kernel on webgpu, TensorFlow.js makes keys, uniforms and bind groups, which for
 * a small network takes many times as long as the GPU computes. None of them changes from run to run: so a run is watched, in buffers that
 * belong to the program from then on, and its commands are given again as they are.
 */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { type DataId, env, type Tensor, type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { CompiledProgram, Program } from './KernelProgram.ts';

interface Dispatch {
  readonly pipeline: GPUComputePipeline;
  readonly bindGroup: GPUBindGroup;
  readonly workgroups: readonly [number, number | undefined, number | undefined];
}

interface Result {
  readonly buffer: GPUBuffer;
  readonly shape: number[];
  readonly dtype: TensorInfo['dtype'];
}

/** What is used of TensorFlow.js's backend beyond its types. */
interface Internals {
  bufferManager: Buffers;
  readonly commandEncoder: GPUCommandEncoder | null;
  readonly tensorMap: { get(id: DataId): TensorData };
  endComputePassEncoder(): void;
  submitQueue(): void;
}

interface Buffers {
  acquireBuffer(size: number, usage: GPUBufferUsageFlags, mappedAtCreation?: boolean): GPUBuffer;
  releaseBuffer(buffer: GPUBuffer): void;
}

/** TensorFlow.js's own, which keeps what is released for the next who asks. */
interface UsualBuffers extends Buffers {
  readonly freeBuffers: ReadonlyMap<string, GPUBuffer[]>;
  numFreeBuffers: number;
  numBytesAllocated: number;
}

interface TensorData {
  readonly values: Float32Array | null | undefined;
  readonly resource: GPUBuffer | null | undefined;
  /** Its buffer is not the backend's to give to others. */
  external?: boolean;
}

/** The setting of TensorFlow.js for how many dispatches go to the GPU at once. */
const submissionSetting = 'WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE';

export class GpuProgram implements Program {
  readonly #backend: WebGPUBackend;
  readonly #program: Program;
  readonly #dispatchesPerSubmission = env().getNumber(submissionSetting);
  readonly #buffers: ProgramBuffers;
  readonly #inputs: readonly GPUBuffer[];
  readonly #dispatches: readonly Dispatch[];
  readonly #results: readonly Result[];

  /** Runs a program and watches it. */
  static compile(backend: WebGPUBackend, program: Program, inputs: readonly TensorInfo[]): CompiledProgram {
    const compiled = new GpuProgram(backend, program, inputs);
    return { program: compiled, results: compiled.#resultTensors() };
  }

  private constructor(backend: WebGPUBackend, program: Program, inputs: readonly TensorInfo[]) {
    this.#backend = backend;
    this.#program = program;
    this.#buffers = new ProgramBuffers(backend.device);
    this.#inputs = inputs.map(({ shape }) => this.#buffers.acquireBuffer(bytesOf(shape), storage));
    this.#flush();
    this.#writeInputs(inputs);
    const { dispatches, results } = this.#watch(inputs);
    this.#dispatches = dispatches;
    this.#results = results;
  }

  get length(): number {
    return this.#program.length;
  }

  /** Results hold until the next run. */
  run(inputs: readonly TensorInfo[]): Tensor[] {
    const { device } = this.#backend;
    this.#flush();
    this.#writeInputs(inputs);
    const atOnce = this.#dispatchesPerSubmission;
    for (let first = 0; first < this.#dispatches.length; first += atOnce) {
      const encoder = device.createCommandEncoder();
      const pass = encoder.beginComputePass();
      for (const { pipeline, bindGroup, workgroups } of this.#dispatches.slice(first, first + atOnce)) {
        pass.setPipeline(pipeline);
        pass.setBindGroup(0, bindGroup);
        pass.dispatchWorkgroups(...workgroups);
      }
      pass.end();
      device.queue.submit([encoder.finish()]);
    }
    return this.#resultTensors();
  }

  /** Its results may be in use: their buffers go when nobody refers to them any more. */
  dispose(): void {
    this.#program.dispose();
    this.#buffers.destroy(new Set(this.#results.map(({ buffer }) => buffer)));
  }

  #resultTensors(): Tensor[] {
    return this.#results.map(({ buffer, shape, dtype }) => this.#tensorOf(buffer, shape, dtype));
  }

  get #internals(): Internals {
    return this.#backend as unknown as Internals;
  }

  /** Hands over what TensorFlow.js has recorded so far: an input may come of it. */
  #flush(): void {
    if (!this.#internals.commandEncoder) return;
    this.#internals.endComputePassEncoder();
    this.#internals.submitQueue();
  }

  /** From this thread's memory, or from where they lie on the GPU. */
  #writeInputs(inputs: readonly TensorInfo[]): void {
    const { device } = this.#backend;
    let encoder: GPUCommandEncoder | null = null;
    for (const [i, { dataId }] of inputs.entries()) {
      const to = this.#inputs[i]!;
      const { resource, values } = this.#internals.tensorMap.get(dataId);
      if (resource) {
        encoder ??= device.createCommandEncoder();
        encoder.copyBufferToBuffer(resource, 0, to, 0, to.size);
      } else device.queue.writeBuffer(to, 0, values as Float32Array<ArrayBuffer>);
    }
    if (encoder) device.queue.submit([encoder.finish()]);
  }

  #watch(inputs: readonly TensorInfo[]): { dispatches: Dispatch[]; results: Result[] } {
    const internals = this.#internals;
    const own = inputs.map(({ shape, dtype }, i) => this.#tensorOf(this.#inputs[i]!, shape, dtype));
    const usual = internals.bufferManager as UsualBuffers;
    internals.bufferManager = this.#buffers;
    env().set(submissionSetting, 1); // A buffer that is freed serves the very next kernel.
    try {
      let tensors: Tensor[] = [];
      const dispatches = dispatchesDuring(() => {
        tensors = this.#program.run(own);
        this.#flush(); // What is freed goes back to where it came from.
      });
      const results = tensors.map(({ dataId, shape, dtype }) => {
        const data = internals.tensorMap.get(dataId);
        data.external = true;
        return { buffer: data.resource!, shape, dtype };
      });
      for (const tensor of [...tensors, ...own]) tensor.dispose();
      return { dispatches, results };
    } finally {
      internals.bufferManager = usual;
      env().set(submissionSetting, this.#dispatchesPerSubmission);
      destroyFree(usual); // Of the runs before this one: as many again.
    }
  }

  #tensorOf(buffer: GPUBuffer, shape: number[], dtype: TensorInfo['dtype']): Tensor {
    return this.#backend.createTensorFromGPUData({ buffer, zeroCopy: true }, shape, dtype);
  }
}

/** In their place while a program is watched. What was written by this thread keeps its buffer for good, since nobody writes it again. */
class ProgramBuffers implements Buffers {
  readonly #device: GPUDevice;
  readonly #all: GPUBuffer[] = [];
  readonly #written = new Set<GPUBuffer>();
  readonly #free: GPUBuffer[] = [];

  constructor(device: GPUDevice) {
    this.#device = device;
  }

  acquireBuffer(size: number, usage: GPUBufferUsageFlags, mappedAtCreation = false): GPUBuffer {
    const isWritten = mappedAtCreation || (usage & GPUBufferUsage.UNIFORM) !== 0;
    const i = isWritten ? -1 : this.#free.findIndex((buffer) => buffer.size === size && buffer.usage === usage);
    if (i >= 0) return this.#free.splice(i, 1)[0]!;
    const buffer = this.#device.createBuffer({ size, usage, mappedAtCreation });
    this.#all.push(buffer);
    if (isWritten) this.#written.add(buffer);
    return buffer;
  }

  releaseBuffer(buffer: GPUBuffer): void {
    if (!this.#written.has(buffer)) this.#free.push(buffer);
  }

  destroy(except: ReadonlySet<GPUBuffer>): void {
    for (const buffer of this.#all) if (!except.has(buffer)) buffer.destroy();
  }
}

const storage = 0x80 | 0x4 | 0x8; // GPUBufferUsage.STORAGE | COPY_SRC | COPY_DST, as TensorFlow.js has them

const bytesOf = (shape: number[]): number => 4 * util.sizeFromShape(shape);

function destroyFree(buffers: UsualBuffers): void {
  for (const free of buffers.freeBuffers.values()) {
    for (const buffer of free.splice(0)) {
      buffer.destroy();
      buffers.numFreeBuffers -= 1;
      buffers.numBytesAllocated -= buffer.size;
    }
  }
}

/** All that the GPU is told to compute while `work` runs. Throws if it is told to do anything else. */
function dispatchesDuring(work: () => void): Dispatch[] {
  const dispatches: Dispatch[] = [];
  const { prototype } = GPUComputePassEncoder;
  const { setPipeline, setBindGroup, dispatchWorkgroups } = prototype;
  let pipeline: GPUComputePipeline;
  let bindGroup: GPUBindGroup;
  const { copyBufferToBuffer } = GPUCommandEncoder.prototype;
  GPUCommandEncoder.prototype.copyBufferToBuffer = () => {
    throw new Error('A kernel copies buffers, which is not given again: compute what it computes another way.');
  };
  prototype.setPipeline = function (given) {
    pipeline = given;
    return setPipeline.call(this, given);
  };
  prototype.setBindGroup = function (this: GPUComputePassEncoder, index: number, given: GPUBindGroup) {
    bindGroup = given;
    return (setBindGroup as (index: number, group: GPUBindGroup) => undefined).call(this, index, given);
  } as typeof setBindGroup;
  prototype.dispatchWorkgroups = function (...workgroups) {
    dispatches.push({ pipeline, bindGroup, workgroups: workgroups as unknown as Dispatch['workgroups'] });
    return dispatchWorkgroups.apply(this, workgroups);
  };
  try {
    work();
  } finally {
    Object.assign(prototype, { setPipeline, setBindGroup, dispatchWorkgroups });
    GPUCommandEncoder.prototype.copyBufferToBuffer = copyBufferToBuffer;
  }
  return dispatches;
}
