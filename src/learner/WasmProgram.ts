/**
 * A program of kernels whose results lie where they lay before. To hold a tensor, TensorFlow.js allocates, registers and frees it, and leaves
 * the rest to the garbage collector, which for a small network takes as long as a good part of the arithmetic. A run needs the same tensors
 * every time: so those of one run are kept for all that follow.
 */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { type DataId, type Tensor, type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { CompiledProgram, Program } from './KernelProgram.ts';

/** Programs that hold more gain nothing: their kernels take long. */
const mostBytes = 64 * 2 ** 20;

/** What of a backend is replaced while a program is watched, and while it runs. */
type Calls = Pick<BackendWasm, 'makeOutput' | 'disposeData' | 'incRef' | 'move'>;

export class WasmProgram implements Program {
  readonly #backend: BackendWasm;
  readonly #program: Program;
  /** In the order in which kernels ask for them. The same one serves again once it is free. */
  readonly #tensors: readonly DataId[];
  readonly #results: ReadonlySet<DataId>;
  /** Of inputs that are results of the run before, by the inputs' places. */
  readonly #copies: TensorInfo[] = [];
  readonly #calls: Calls;
  #next = 0;

  private constructor(backend: BackendWasm, program: Program, tensors: readonly DataId[], results: readonly DataId[]) {
    this.#backend = backend;
    this.#program = program;
    this.#tensors = tensors;
    this.#results = new Set(results);
    this.#calls = {
      makeOutput: (shape, dtype, _address, values) => {
        const tensor = { dataId: this.#tensors[this.#next++]!, shape, dtype };
        if (values) backend.typedArrayFromHeap(tensor).set(values as Float32Array);
        return tensor;
      },
      disposeData: () => false,
      incRef: () => {},
      move: () => {
        throw new Error('A kernel made a tensor that it had not made before.');
      },
    };
  }

  /** Runs a program and keeps its tensors. Gives the program itself where they are too large, or made in a way that cannot be repeated. */
  static compile(backend: BackendWasm, program: Program, inputs: readonly TensorInfo[]): CompiledProgram {
    const watch = new Watch(backend);
    const results = withCalls(backend, watch.calls, () => program.run(inputs));
    if (!watch.isRepeatable || watch.numBytes > mostBytes) {
      watch.freeUnused();
      return { program, results };
    }
    const kept = results.map(({ dataId }) => dataId);
    for (const dataId of kept) backend.incRef(dataId);
    return { program: new WasmProgram(backend, program, watch.made, kept), results };
  }

  get length(): number {
    return this.#program.length;
  }

  /** Results hold until the next run. */
  run(inputs: readonly TensorInfo[]): Tensor[] {
    const own = inputs.map((input, i) => (this.#results.has(input.dataId) ? this.#copy(input, i) : input));
    this.#next = 0;
    const results = withCalls(this.#backend, this.#calls, () => this.#program.run(own));
    for (const dataId of this.#results) this.#backend.incRef(dataId); // Whoever disposes them leaves them to the program.
    return results;
  }

  /** Results that are in use stay until they are disposed. */
  dispose(): void {
    this.#program.dispose();
    for (const dataId of new Set(this.#tensors)) this.#backend.disposeData(dataId);
    for (const copy of this.#copies) if (copy) this.#backend.disposeData(copy.dataId);
  }

  /** The next run writes over its results. */
  #copy(input: TensorInfo, i: number): TensorInfo {
    this.#copies[i] ??= this.#backend.makeOutput([...input.shape], input.dtype);
    const copy = this.#copies[i];
    this.#backend.typedArrayFromHeap(copy).set(this.#backend.typedArrayFromHeap(input));
    return copy;
  }
}

/** Watches which tensors kernels make and free. A free one is given to the next kernel that asks for one of its size. */
class Watch {
  /** In the order in which kernels asked. */
  readonly made: DataId[] = [];
  isRepeatable = true;
  numBytes = 0;
  readonly calls: Calls;
  readonly #backend: BackendWasm;
  readonly #makeOutput: Calls['makeOutput'];
  /** How many refer to each. */
  readonly #references = new Map<DataId, number>();
  /** By type and number of elements. */
  readonly #free = new Map<string, DataId[]>();
  readonly #keys = new Map<DataId, string>();
  #isAllocating = false;

  constructor(backend: BackendWasm) {
    const { makeOutput, move, disposeData, incRef } = backend;
    this.#backend = backend;
    this.#makeOutput = makeOutput;
    this.calls = {
      makeOutput: (shape, dtype, address, values) => {
        if (address) this.isRepeatable = false; // The kernel itself allocated it.
        const key = `${dtype} ${util.sizeFromShape(shape)}`;
        const dataId = (address ? undefined : this.#free.get(key)?.pop()) ?? this.#allocate(shape, dtype, address);
        this.#keys.set(dataId, key);
        this.#references.set(dataId, 1);
        this.made.push(dataId);
        const tensor = { dataId, shape, dtype };
        if (values) backend.typedArrayFromHeap(tensor).set(values as Float32Array);
        return tensor;
      },
      disposeData: (dataId, force) => {
        const references = this.#references.get(dataId);
        if (references === undefined) return disposeData.call(backend, dataId, force);
        this.#references.set(dataId, references - 1);
        if (references > 1) return false;
        const key = this.#keys.get(dataId)!;
        this.#free.set(key, [...(this.#free.get(key) ?? []), dataId]);
        return true;
      },
      incRef: (dataId) => {
        const references = this.#references.get(dataId);
        if (references === undefined) incRef.call(backend, dataId);
        else this.#references.set(dataId, references + 1);
      },
      move: (...tensor) => {
        if (!this.#isAllocating) this.isRepeatable = false;
        move.apply(backend, tensor);
      },
    };
  }

  /** What nobody refers to goes back to the backend. */
  freeUnused(): void {
    for (const [dataId, references] of this.#references) {
      if (references === 0) this.#backend.disposeData(dataId);
    }
  }

  #allocate(...[shape, dtype, address]: Parameters<Calls['makeOutput']>): DataId {
    this.#isAllocating = true;
    const { dataId } = this.#makeOutput.call(this.#backend, shape, dtype, address);
    this.#isAllocating = false;
    this.numBytes += util.bytesPerElement(dtype) * util.sizeFromShape(shape);
    return dataId;
  }
}

/** Does some work while calls of the backend are answered by others. */
function withCalls<Result>(backend: BackendWasm, calls: Calls, work: () => Result): Result {
  Object.assign(backend, calls);
  try {
    return work();
  } finally {
    for (const name of Object.keys(calls)) delete (backend as Partial<Calls>)[name as keyof Calls];
  }
}
