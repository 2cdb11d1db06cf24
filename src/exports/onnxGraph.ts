/** Builds a graph of ONNX operators and writes it as a model file. Knows the format; nothing of policies. */
import { bytes, type Field, float, int, ints, joinBytes, message, text } from './protobuf.ts';

/** Versions of the operators and of the file format: what onnxruntime reads since 1.12, and every browser build of it. */
const opsetVersion = 17;
const irVersion = 8;

/** TensorProto.DataType */
const elementTypes = { float32: 1, uint8: 2, int32: 6, int64: 7 } as const;
export type ElementType = keyof typeof elementTypes;

/** AttributeProto.AttributeType */
const attributeTypes = { float: 1, int: 2, ints: 7 } as const;

export type Attribute = { readonly int: number } | { readonly ints: readonly number[] } | { readonly float: number };

/** Names one value of the graph. */
export type Value = string;

export class OnnxGraph {
  readonly #nodes: Field[] = [];
  readonly #initializers: Field[] = [];
  readonly #inputs: Field[] = [];
  readonly #outputs: Field[] = [];

  /** A text among the extents names an axis of any length. */
  input(name: string, type: ElementType, shape: readonly (number | string)[]): Value {
    this.#inputs.push(message(11, ...valueInfo(name, type, shape)));
    return name;
  }

  output(name: string, type: ElementType, shape: readonly (number | string)[]): void {
    this.#outputs.push(message(12, ...valueInfo(name, type, shape)));
  }

  floats(name: string, shape: readonly number[], values: Float32Array): Value {
    return this.#initializer(
      name,
      'float32',
      shape,
      new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
    );
  }

  int32s(name: string, shape: readonly number[], values: readonly number[]): Value {
    return this.#initializer(name, 'int32', shape, new Uint8Array(Int32Array.from(values).buffer));
  }

  int64s(name: string, values: readonly number[]): Value {
    const data = BigInt64Array.from(values, BigInt);
    return this.#initializer(name, 'int64', [values.length], new Uint8Array(data.buffer));
  }

  /** Adds an operator with one output. */
  node(
    type: string,
    inputs: readonly Value[],
    attributes: Readonly<Record<string, Attribute>> = {},
    output = `${type}_${this.#nodes.length}`,
  ): Value {
    this.nodeWithOutputs(type, inputs, [output], attributes);
    return output;
  }

  /** Inputs and outputs that are not used are empty texts. */
  nodeWithOutputs(
    type: string,
    inputs: readonly Value[],
    outputs: readonly Value[],
    attributes: Readonly<Record<string, Attribute>> = {},
  ): void {
    this.#nodes.push(
      message(
        1,
        ...inputs.map((name) => text(1, name)),
        ...outputs.map((name) => text(2, name)),
        text(3, `${type}_${this.#nodes.length}`),
        text(4, type),
        ...Object.entries(attributes).map(([name, value]) => message(5, text(1, name), ...attributeFields(value))),
      ),
    );
  }

  /** The model file. */
  encode(name: string, doc: string, metadata: Readonly<Record<string, string>>): Uint8Array<ArrayBuffer> {
    return joinBytes([
      int(1, irVersion),
      text(2, 'Pronk'),
      message(
        7,
        ...this.#nodes,
        text(2, name),
        ...this.#initializers,
        text(10, doc),
        ...this.#inputs,
        ...this.#outputs,
      ),
      message(8, text(1, ''), int(2, opsetVersion)),
      ...Object.entries(metadata).map(([key, value]) => message(14, text(1, key), text(2, value))),
    ]);
  }

  #initializer(name: string, type: ElementType, shape: readonly number[], data: Uint8Array): Value {
    this.#initializers.push(
      message(5, ...shape.map((extent) => int(1, extent)), int(2, elementTypes[type]), text(8, name), bytes(9, data)),
    );
    return name;
  }
}

function attributeFields(value: Attribute): Field[] {
  if ('float' in value) return [float(2, value.float), int(20, attributeTypes.float)];
  if ('int' in value) return [int(3, value.int), int(20, attributeTypes.int)];
  return [ints(8, value.ints), int(20, attributeTypes.ints)];
}

/** Fields of a ValueInfoProto. */
function valueInfo(name: string, type: ElementType, shape: readonly (number | string)[]): Field[] {
  const dimensions = shape.map((extent) => message(1, typeof extent === 'string' ? text(2, extent) : int(1, extent)));
  return [text(1, name), message(2, message(1, int(1, elementTypes[type]), message(2, ...dimensions)))];
}
