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

/** How kernels come by tensors. */
type Calls = Pick<BackendWasm, 'makeOutput' | 'disposeData' | 'incRef' | 'move'>;

/** Makes it possible that somebody else answers these calls for a while. Changed once and for all: a backend whose methods come and go is slow. */
export class TensorCalls {
  static readonly #known = new WeakMap<BackendWasm, TensorCalls>();
  readonly backend: BackendWasm;
  readonly usual: Calls;
  #current: Calls;

  static of(backend: BackendWasm): TensorCalls {
    const known = TensorCalls.#known.get(backend) ?? new TensorCalls(backend);
    TensorCalls.#known.set(backend, known);
    return known;
  }

  private constructor(backend: BackendWasm) {
    const { makeOutput, disposeData, incRef, move } = backend;
    this.backend = backend;
    this.usual = {
      makeOutput: (...tensor) => makeOutput.apply(backend, tensor),
      disposeData: (dataId, force) => disposeData.call(backend, dataId, force),
      incRef: (dataId) => incRef.call(backend, dataId),
      move: (...tensor) => move.apply(backend, tensor),
    };
    this.#current = this.usual;
    backend.makeOutput = (shape, dtype, address, values) => this.#current.makeOutput(shape, dtype, address, values);
    backend.disposeData = (dataId, force) => this.#current.disposeData(dataId, force);
    backend.incRef = (dataId) => this.#current.incRef(dataId);
    backend.move = (...tensor) => this.#current.move(...tensor);
  }

  /** Does some work while `calls` answer. */
  answeredBy<Result>(calls: Calls, work: () => Result): Result {
    this.#current = calls;
    try {
      return work();
    } finally {
      this.#current = this.usual;
    }
  }
}

export class WasmProgram implements Program {
  readonly #backend: BackendWasm;
  readonly #program: Program;
  /** In the order in which kernels ask for them. The same one serves again once it is free. */
  readonly #tensors: readonly DataId[];
  readonly #results: ReadonlySet<DataId>;
  /** Of inputs that are results of the run before, by the inputs' places. */
  readonly #copies: TensorInfo[] = [];
  readonly #tensorCalls: TensorCalls;
  readonly #answers: Calls;
  #next = 0;

  private constructor(
    tensorCalls: TensorCalls,
    program: Program,
    tensors: readonly DataId[],
    results: readonly DataId[],
  ) {
    const { backend } = tensorCalls;
    this.#tensorCalls = tensorCalls;
    this.#backend = backend;
    this.#program = program;
    this.#tensors = tensors;
    this.#results = new Set(results);
    this.#answers = {
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
  static compile(tensorCalls: TensorCalls, program: Program, inputs: readonly TensorInfo[]): CompiledProgram {
    const watch = new Watch(tensorCalls);
    const results = tensorCalls.answeredBy(watch.answers, () => program.run(inputs));
    if (!watch.isRepeatable || watch.numBytes > mostBytes) {
      watch.freeUnused();
      return { program, results };
    }
    const kept = results.map(({ dataId }) => dataId);
    for (const dataId of kept) tensorCalls.backend.incRef(dataId);
    return { program: new WasmProgram(tensorCalls, program, watch.made, kept), results };
  }

  get length(): number {
    return this.#program.length;
  }

  /** Results hold until the next run. */
  run(inputs: readonly TensorInfo[]): Tensor[] {
    const own = inputs.map((input, i) => (this.#results.has(input.dataId) ? this.#copy(input, i) : input));
    this.#next = 0;
    const results = this.#tensorCalls.answeredBy(this.#answers, () => this.#program.run(own));
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
  readonly answers: Calls;
  readonly #usual: Calls;
  /** How many refer to each. */
  readonly #references = new Map<DataId, number>();
  /** By type and number of elements. */
  readonly #free = new Map<string, DataId[]>();
  readonly #keys = new Map<DataId, string>();
  #isAllocating = false;

  constructor({ backend, usual }: TensorCalls) {
    this.#usual = usual;
    this.answers = {
      makeOutput: (shape, dtype, address, values) => {
        if (address) this.isRepeatable = false; // The kernel itself allocated it.
        const key = `${dtype} ${util.sizeFromShape(shape)}`;
        const free = address ? undefined : this.#free.get(key)?.pop();
        const dataId = free ?? this.#allocate(shape, dtype, address);
        this.#keys.set(dataId, key);
        this.#references.set(dataId, 1);
        this.made.push(dataId);
        const tensor = { dataId, shape, dtype };
        if (values) backend.typedArrayFromHeap(tensor).set(values as Float32Array);
        return tensor;
      },
      disposeData: (dataId, force) => {
        const references = this.#references.get(dataId);
        if (references === undefined) return usual.disposeData(dataId, force);
        this.#references.set(dataId, references - 1);
        if (references > 1) return false;
        const key = this.#keys.get(dataId)!;
        this.#free.set(key, [...(this.#free.get(key) ?? []), dataId]);
        return true;
      },
      incRef: (dataId) => {
        const references = this.#references.get(dataId);
        if (references === undefined) usual.incRef(dataId);
        else this.#references.set(dataId, references + 1);
      },
      move: (...tensor) => {
        if (!this.#isAllocating) this.isRepeatable = false;
        usual.move(...tensor);
      },
    };
  }

  /** What nobody refers to goes back to the backend. */
  freeUnused(): void {
    for (const [dataId, references] of this.#references) {
      if (references === 0) this.#usual.disposeData(dataId);
    }
  }

  #allocate(...[shape, dtype, address]: Parameters<Calls['makeOutput']>): DataId {
    this.#isAllocating = true;
    const { dataId } = this.#usual.makeOutput(shape, dtype, address);
    this.#isAllocating = false;
    this.numBytes += util.bytesPerElement(dtype) * util.sizeFromShape(shape);
    return dataId;
  }
}
