/** The formats that weights leave in. Each is read back in a test by a program that is not ours. */
import { zipSync } from 'fflate';
import { namedTensors } from '../checkpoints/weightsFile.ts';
import type { ExportedPolicy } from './exportedPolicy.ts';
import { encodeNpz } from './npz.ts';
import { encodeOnnx } from './onnxModel.ts';
import { encodeTfjs } from './tfjsModel.ts';

export interface WeightFormat {
  readonly id: 'safetensors' | 'onnx' | 'tfjs' | 'npz' | 'html';
  readonly label: string;
  /** What follows the name of the run. */
  readonly ending: string;
  /** What it holds, and who reads it. */
  readonly doc: string;
  readonly encode: (policy: ExportedPolicy) => Uint8Array<ArrayBuffer>;
}

export const weightFormats: readonly WeightFormat[] = [
  {
    id: 'safetensors',
    label: 'safetensors',
    ending: '.safetensors',
    doc: 'Names and layouts of a PyTorch module, with network and settings inside. PyTorch, play.py and this app read it.',
    encode: ({ file }) => file,
  },
  {
    id: 'onnx',
    label: 'ONNX',
    ending: '.onnx',
    doc: 'The whole policy as one graph, from the raw observation on. For onnxruntime in Python, C++, C#, Java or a browser.',
    encode: (policy) => encodeOnnx(policy.parameters, policy.network, metadataOf(policy)),
  },
  {
    id: 'tfjs',
    label: 'TensorFlow.js',
    ending: '-tfjs.zip',
    doc: 'A graph model, model.json and weights.bin in a zip, from the raw observation on. tf.loadGraphModel reads it.',
    encode: (policy) => {
      const { json, weights } = encodeTfjs(policy.parameters, policy.network, metadataOf(policy));
      const text = new TextEncoder().encode(JSON.stringify(json));
      return zipSync({ 'model.json': text, 'weights.bin': [weights, { level: 0 }] }) as Uint8Array<ArrayBuffer>;
    },
  },
  {
    id: 'npz',
    label: 'NumPy .npz',
    ending: '.npz',
    doc: 'The bare tensors, under the same names and in the same layouts. numpy.load reads it.',
    encode: ({ parameters, network }) => encodeNpz(namedTensors(parameters, network)),
  },
];

/** What travels along, so that a model says where it comes from. */
const metadataOf = ({ hyperparameters, network }: ExportedPolicy): Record<string, string> => ({
  env: hyperparameters.env,
  network: JSON.stringify(network),
  hyperparameters: JSON.stringify(hyperparameters),
});
