/** The numbers of each kind of layer, as fields of the editor. */
import type { Activation, EncoderLayer } from '../../../config/encoders.ts';
import type { NumberSpec } from '../../../config/hyperparameters.ts';

export type LayerKind = EncoderLayer['kind'];
export type LayerFieldName = 'width' | 'filters' | 'kernel' | 'stride' | 'padding';

export const layerKinds: readonly LayerKind[] = ['conv', 'residual', 'dense', 'relu'];
export const activations: readonly Activation[] = ['relu', 'tanh', 'linear'];

/** What a kind of layer is called, what it does, and its numbers in the order in which they are written. */
export const layerDocs: Readonly<Record<LayerKind, { doc: string; fields: readonly LayerFieldName[] }>> = {
  conv: {
    doc: 'Convolution: the same small kernel over the whole image',
    fields: ['filters', 'kernel', 'stride', 'padding'],
  },
  residual: { doc: "Residual section of IMPALA's deep network: halves the image", fields: ['filters'] },
  dense: { doc: 'Dense layer: every input with every unit', fields: ['width'] },
  relu: { doc: 'Negative numbers become 0', fields: [] },
};

const whole = { kind: 'number', integer: true, group: 'network', level: 'basic', doc: '' } as const;

/** The largest values are where arrow keys stop; the text may go beyond. */
export const layerFields: Readonly<Record<LayerFieldName, NumberSpec>> = {
  width: { ...whole, label: 'Units', default: 64, min: 1, max: 4096, unit: '', scale: 'log' },
  filters: { ...whole, label: 'Filters', default: 16, min: 1, max: 1024, unit: '', scale: 'log' },
  kernel: { ...whole, label: 'Kernel', default: 3, min: 1, max: 32, unit: '', scale: 'linear' },
  stride: { ...whole, label: 'Stride', default: 1, min: 1, max: 16, unit: '', scale: 'linear' },
  padding: { ...whole, label: 'Padding', default: 0, min: 0, max: 31, unit: '', scale: 'linear' },
};
