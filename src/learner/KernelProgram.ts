/**
 * A function of tensors as the kernels it called. TensorFlow.js's bookkeeping of an operation (scopes, tapes, tensors) takes some
 * microseconds, for a small network more than the arithmetic; and an update calls the same kernels every time. So they are recorded
 * once, with who uses whose results, and then called without the bookkeeping.
 */
import {
  backend,
  type DataId,
  engine,
  getBackend,
  getKernelsForBackend,
  type KernelFunc,
  type Tensor,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import type { BackendHandle } from './backends.ts';

/** What is used of a backend here. All of them have it; the type of TensorFlow.js does not say so. */
interface References {
  incRef(data: DataId): void;
  /** Counts down, and frees what nobody refers to. */
  disposeData(data: DataId): boolean;
}

/** A function of tensors that is run again and again, with inputs of the same shapes. */
export interface Program {
  /** Kernels it calls. */
  readonly length: number;
  run(inputs: readonly TensorInfo[]): Tensor[];
  dispose(): void;
}

/** A program in another form, and its results for the inputs that it was made with. */
export interface CompiledProgram {
  readonly program: Program;
  readonly results: Tensor[];
}

/** A value in a program, by its number: an input, a constant, or what a step gave. Its shape is that of one use. */
interface Use {
  readonly value: number;
  readonly shape: number[];
  readonly dtype: TensorInfo['dtype'];
}

interface Step {
  readonly call: KernelFunc;
  /** What it is called with. Its inputs, by name or in order, are the uses' tensors, whose data are put in before each call. */
  readonly argument: Parameters<KernelFunc>[0];
  readonly uses: readonly Use[];
  readonly tensors: readonly Replaceable[];
  /** Numbers of the values it gives. */
  readonly outputs: readonly number[];
  /** Numbers of the values that nobody needs after it. */
  readonly last: number[];
}

/** A tensor whose data can be exchanged for others. */
interface Replaceable extends Omit<TensorInfo, 'dataId'> {
  dataId: DataId;
}

/** Calls `onCall` for every kernel of the current backend that TensorFlow.js calls while `work` runs, not for those that a kernel calls. */
export function watchKernels<Result>(
  onCall: (call: Parameters<KernelFunc>[0], kernelFunc: KernelFunc, outputs: TensorInfo[]) => void,
  work: () => Result,
): Result {
  const configs = getKernelsForBackend(getBackend());
  const originals = configs.map(({ kernelFunc }) => kernelFunc);
  let depth = 0;
  for (const [i, config] of configs.entries()) {
    config.kernelFunc = (call) => {
      depth += 1;
      try {
        const result = originals[i]!(call);
        if (depth === 1) onCall(call, originals[i]!, Array.isArray(result) ? result : [result]);
        return result;
      } finally {
        depth -= 1;
      }
    };
  }
  try {
    return work();
  } finally {
    for (const [i, config] of configs.entries()) config.kernelFunc = originals[i]!;
  }
}

export class KernelProgram implements Program {
  readonly #steps: readonly Step[];
  readonly #numInputs: number;
  /** What the recorded function read beside its inputs, kept as long as the program. */
  readonly #constants: ReadonlyMap<number, DataId>;
  readonly #results: readonly Use[];
  readonly #values: (DataId | null)[];

  private constructor(
    steps: readonly Step[],
    numInputs: number,
    constants: ReadonlyMap<number, DataId>,
    results: readonly Use[],
    numValues: number,
  ) {
    this.#steps = steps;
    this.#numInputs = numInputs;
    this.#constants = constants;
    this.#results = results;
    this.#values = new Array<DataId | null>(numValues).fill(null);
    for (const [value, data] of constants) this.#values[value] = data;
  }

  /**
   * Runs a function and records it. Its inputs are all that may differ next time; whatever else it reads is taken for constant, and
   * it must not read values back.
   */
  static record(inputs: readonly Tensor[], f: () => Tensor[]): { program: KernelProgram; results: Tensor[] } {
    const recorder = new Recorder(inputs);
    const results = watchKernels((call, kernelFunc, outputs) => recorder.step(call, kernelFunc, outputs), f);
    const uses = results.map((tensor) => recorder.use(tensor));
    const steps = endValues(neededSteps(recorder.steps, uses), uses);
    const { constants, numValues } = recorder;
    return { program: new KernelProgram(steps, inputs.length, constants, uses, numValues), results };
  }

  /** Kernels it calls. */
  get length(): number {
    return this.#steps.length;
  }

  /** The recorded function's results for other inputs of the same shapes. */
  run(inputs: readonly TensorInfo[]): Tensor[] {
    const values = this.#values;
    const current = backend();
    const references = current as unknown as References;
    for (let i = 0; i < this.#numInputs; i++) values[i] = inputs[i]!.dataId;
    for (const { call, argument, uses, tensors, outputs, last } of this.#steps) {
      for (let i = 0; i < uses.length; i++) tensors[i]!.dataId = values[uses[i]!.value]!;
      const result = call(argument);
      if (Array.isArray(result)) for (let i = 0; i < outputs.length; i++) values[outputs[i]!] = result[i]!.dataId;
      else values[outputs[0]!] = result.dataId;
      for (const value of last) references.disposeData(values[value]!);
    }
    return this.#results.map(({ value, shape, dtype }) =>
      engine().makeTensorFromDataId(values[value]!, shape, dtype, current),
    );
  }

  dispose(): void {
    const references = backend() as unknown as References;
    for (const data of this.#constants.values()) references.disposeData(data);
  }
}

/** A function that is recorded when it is first run, compiled where the engine does that when it runs again, and from then on run as it is then. */
export class RecordedFunction {
  readonly #compile: BackendHandle['compile'];
  #program: Program | null = null;
  #isCompiled = false;

  constructor({ compile }: Pick<BackendHandle, 'compile'>) {
    this.#compile = compile;
  }

  /** Kernels it calls; 0 before it is recorded. */
  get length(): number {
    return this.#program?.length ?? 0;
  }

  /**
   * @param compute the same every time but for `inputs`, which always have the same shapes
   * @returns its results, which hold until it is run again
   */
  run(inputs: readonly Tensor[], compute: () => Tensor[]): Tensor[] {
    if (!this.#program) {
      const { program, results } = KernelProgram.record(inputs, compute);
      this.#program = program;
      return results;
    }
    if (this.#compile && !this.#isCompiled) {
      const { program, results } = this.#compile(this.#program, inputs);
      this.#program = program;
      this.#isCompiled = true;
      return results;
    }
    return this.#program.run(inputs);
  }

  /** To be recorded anew: something that was constant has changed. */
  forget(): void {
    this.#program?.dispose();
    this.#program = null;
    this.#isCompiled = false;
  }
}

class Recorder {
  readonly steps: Step[] = [];
  readonly constants = new Map<number, DataId>();
  numValues = 0;
  /** The newest value in each place. An alias comes after what it is an alias of, and holds the place as well. */
  readonly #valueAt = new WeakMap<DataId, number>();

  constructor(inputs: readonly Tensor[]) {
    for (const { dataId } of inputs) this.#valueAt.set(dataId, this.numValues++);
  }

  step({ inputs, attrs, backend }: Parameters<KernelFunc>[0], call: KernelFunc, outputs: readonly TensorInfo[]): void {
    const given = Object.entries(inputs as Record<string, TensorInfo | undefined>).filter(
      (entry): entry is [string, TensorInfo] => entry[1] !== undefined,
    );
    const uses = given.map(([, tensor]) => this.use(tensor));
    const tensors = uses.map(({ shape, dtype }, i): Replaceable => ({ dataId: given[i]![1].dataId, shape, dtype }));
    const own = Array.isArray(inputs) ? tensors : Object.fromEntries(given.map(([name], i) => [name, tensors[i]!]));
    const argument = { inputs: own as unknown as typeof inputs, attrs: attrs ?? {}, backend };
    this.steps.push({ call, argument, uses, tensors, outputs: outputs.map((output) => this.#give(output)), last: [] });
  }

  #give({ dataId }: TensorInfo): number {
    this.#valueAt.set(dataId, this.numValues);
    return this.numValues++;
  }

  use({ dataId, shape, dtype }: TensorInfo): Use {
    let value = this.#valueAt.get(dataId);
    if (value === undefined) {
      value = this.numValues++;
      this.#valueAt.set(dataId, value);
      this.constants.set(value, dataId);
      (backend() as unknown as References).incRef(dataId);
    }
    return { value, shape: [...shape], dtype };
  }
}

/** Without those whose outputs nobody uses. */
function neededSteps(steps: readonly Step[], results: readonly Use[]): Step[] {
  const needed = new Set(results.map(({ value }) => value));
  const kept = steps.toReversed().filter(({ uses, outputs }) => {
    if (!outputs.some((value) => needed.has(value))) return false;
    for (const { value } of uses) needed.add(value);
    return true;
  });
  return kept.reverse();
}

/** Writes down where every value that a step gives ends, but the results. */
function endValues(steps: Step[], results: readonly Use[]): Step[] {
  const lastStep = new Map<number, Step>();
  for (const step of steps) {
    for (const value of step.outputs) lastStep.set(value, step);
    for (const { value } of step.uses) if (lastStep.has(value)) lastStep.set(value, step);
  }
  for (const { value } of results) lastStep.delete(value);
  for (const [value, step] of lastStep) step.last.push(value);
  return steps;
}
