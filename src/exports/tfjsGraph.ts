/** Builds a graph of TensorFlow operators and writes it as a TensorFlow.js graph model. Knows the format; nothing of policies. */

/** An attribute of an operator, as a NodeDef has it in JSON. */
export type Attribute =
  | { readonly type: 'DT_FLOAT' | 'DT_INT32' }
  | { readonly i: string }
  | { readonly b: boolean }
  | { readonly s: string }
  | { readonly list: { readonly i: readonly string[] } }
  | { readonly shape: Dimensions }
  | { readonly tensor: { readonly dtype: 'DT_FLOAT' | 'DT_INT32'; readonly tensorShape: Dimensions } };

interface Dimensions {
  readonly dim: readonly { readonly size: string }[];
}

export interface NodeDef {
  readonly name: string;
  readonly op: string;
  readonly input: readonly string[];
  readonly attr: Readonly<Record<string, Attribute>>;
}

interface TensorInfo {
  readonly name: string;
  readonly dtype: 'DT_FLOAT';
  readonly tensorShape: Dimensions;
}

interface WeightSpec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: 'float32' | 'int32';
}

/** The two files of a graph model. */
export interface TfjsModel {
  /** `model.json` */
  readonly json: {
    readonly format: 'graph-model';
    readonly generatedBy: string;
    readonly convertedBy: null;
    readonly userDefinedMetadata: Readonly<Record<string, string>>;
    readonly signature: {
      readonly inputs: Readonly<Record<string, TensorInfo>>;
      readonly outputs: Readonly<Record<string, TensorInfo>>;
    };
    readonly modelTopology: { readonly node: readonly NodeDef[]; readonly versions: { readonly producer: number } };
    readonly weightsManifest: readonly { readonly paths: readonly string[]; readonly weights: readonly WeightSpec[] }[];
  };
  /** `weights.bin` */
  readonly weights: Uint8Array<ArrayBuffer>;
}

/** Names one value of the graph: a node, or one of the outputs of a node after a colon. */
export type Value = string;

const float = { T: { type: 'DT_FLOAT' } } as const;
export const textAttribute = (value: string): Attribute => ({ s: btoa(value) });
export const intsAttribute = (values: readonly number[]): Attribute => ({ list: { i: values.map(String) } });

export class TfjsGraph {
  readonly #nodes: NodeDef[] = [];
  readonly #weights: { spec: WeightSpec; data: Float32Array | Int32Array }[] = [];
  readonly #inputs: Record<string, TensorInfo> = {};
  readonly #outputs: Record<string, TensorInfo> = {};

  /** A float32 input; −1 is an axis of any length. */
  input(name: string, shape: readonly number[]): Value {
    const attr = { dtype: { type: 'DT_FLOAT' }, shape: { shape: dimensions(shape) } } as const;
    this.#nodes.push({ name, op: 'Placeholder', input: [], attr });
    this.#inputs[name] = { name: `${name}:0`, dtype: 'DT_FLOAT', tensorShape: dimensions(shape) };
    return name;
  }

  /** Lets a value out under a name. */
  output(name: string, value: Value, shape: readonly number[]): void {
    this.node('Identity', [value], {}, name);
    this.#outputs[name] = { name: `${name}:0`, dtype: 'DT_FLOAT', tensorShape: dimensions(shape) };
  }

  floats(name: string, shape: readonly number[], data: Float32Array): Value {
    return this.#constant({ name, shape, dtype: 'float32' }, data);
  }

  /** A list, or with an empty shape one number. */
  ints(name: string, values: readonly number[], shape: readonly number[] = [values.length]): Value {
    return this.#constant({ name, shape, dtype: 'int32' }, Int32Array.from(values));
  }

  node(
    op: string,
    input: readonly Value[],
    attr: Readonly<Record<string, Attribute>> = {},
    name = `${op}_${this.#nodes.length}`,
  ): Value {
    this.#nodes.push({ name, op, input, attr: { ...float, ...attr } });
    return name;
  }

  encode(metadata: Readonly<Record<string, string>>): TfjsModel {
    const weights = new Uint8Array(this.#weights.reduce((sum, { data }) => sum + data.byteLength, 0));
    let at = 0;
    for (const { data } of this.#weights) {
      weights.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
      at += data.byteLength;
    }
    return {
      json: {
        format: 'graph-model',
        generatedBy: 'Pronk',
        convertedBy: null,
        userDefinedMetadata: metadata,
        signature: { inputs: this.#inputs, outputs: this.#outputs },
        modelTopology: { node: this.#nodes, versions: { producer: 1 } },
        weightsManifest: [{ paths: ['weights.bin'], weights: this.#weights.map(({ spec }) => spec) }],
      },
      weights,
    };
  }

  #constant(spec: WeightSpec, data: Float32Array | Int32Array): Value {
    const type = spec.dtype === 'float32' ? ('DT_FLOAT' as const) : ('DT_INT32' as const);
    const attr: NodeDef['attr'] = {
      dtype: { type },
      value: { tensor: { dtype: type, tensorShape: dimensions(spec.shape) } },
    };
    this.#nodes.push({ name: spec.name, op: 'Const', input: [], attr });
    this.#weights.push({ spec, data });
    return spec.name;
  }
}

const dimensions = (shape: readonly number[]): Dimensions => ({
  dim: shape.map((extent) => ({ size: String(extent) })),
});
