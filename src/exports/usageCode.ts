/** Code that uses an exported policy, to copy: a tab for each program that reads one. */
import { distributionFor } from '../distributions/distribution.ts';
import type { NetworkSpec } from '../networks/networkSpec.ts';
import type { ExportedPolicy } from './exportedPolicy.ts';

export interface UsageTab {
  readonly label: string;
  readonly code: string;
}

/** @param stem what the names of the files begin with */
export function usageTabs({ network, hyperparameters }: ExportedPolicy, stem: string): readonly UsageTab[] {
  return [
    { label: 'PyTorch', code: pytorch(network, hyperparameters.env, stem) },
    { label: 'NumPy', code: numpy(stem) },
    { label: 'onnxruntime', code: onnxruntime(network, stem) },
    { label: 'TensorFlow.js', code: tensorflow(network) },
    { label: 'This app', code: thisApp(stem) },
  ];
}

const pytorch = ({ observationSpace }: NetworkSpec, env: string, stem: string): string =>
  `# play.py and ${stem}.safetensors in one folder
# pip install torch numpy "gymnasium[box2d]"
#
# ${env} from the command line:  python play.py ${stem}.safetensors --episodes 100
import torch
from play import load

policy = load("${stem}.safetensors")
observation = torch.zeros(1, ${observationSpace.shape.join(', ')})
outputs, baseline, state = policy(observation)
action = policy.choose(outputs, greedy=True)
`;

const numpy = (stem: string): string =>
  `import numpy as np

weights = np.load("${stem}.npz")
for name in weights.files:
    print(name, weights[name].shape)
`;

function onnxruntime(network: NetworkSpec, stem: string): string {
  const { observationSpace, actionSpace, lastActionReward, core } = network;
  const list = (shape: readonly number[]) => `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;
  const inputs = [
    `    "observation": np.zeros(${list([1, ...observationSpace.shape])}, np.${observationSpace.dtype}),`,
  ];
  if (lastActionReward) {
    const { actionSize } = distributionFor(actionSpace);
    const isBox = actionSpace.kind === 'box';
    inputs.push(
      `    "last_action": np.full(${list([1, actionSize])}, ${isBox ? '0, np.float32' : '-1, np.int32'}),`,
      `    "last_reward": np.zeros(1, np.float32),`,
    );
  }
  if (core) {
    const shape = list([core.layers, 1, core.hidden]);
    inputs.push(`    "h": np.zeros(${shape}, np.float32),`, `    "c": np.zeros(${shape}, np.float32),`);
  }
  const outputs = ['policy', 'baseline', ...(core ? ['next_h', 'next_c'] : [])];
  return `# pip install onnxruntime numpy
import numpy as np
import onnxruntime

session = onnxruntime.InferenceSession("${stem}.onnx")
${outputs.join(', ')} = session.run([${outputs.map((name) => `"${name}"`).join(', ')}], {
${inputs.join('\n')}
})
${meaning(network)}
`;
}

/** What to do with the outputs of the policy. */
function meaning({ actionSpace }: NetworkSpec): string {
  switch (actionSpace.kind) {
    case 'discrete':
      return 'action = policy.argmax(1)';
    case 'multiDiscrete':
      return `parts = np.split(policy, np.cumsum([${actionSpace.nvec.join(', ')}])[:-1], axis=1)\naction = [part.argmax(1) for part in parts]`;
    case 'multiBinary':
      return 'action = policy > 0';
    case 'box':
      return 'mean, log_std = np.split(policy, 2, axis=1)';
  }
}

function tensorflow({ observationSpace, actionSpace, lastActionReward, core }: NetworkSpec): string {
  const inputs = [`  observation: tf.zeros([1, ${observationSpace.shape.join(', ')}]),`];
  if (lastActionReward) {
    const { actionSize } = distributionFor(actionSpace);
    inputs.push(
      `  last_action: tf.fill([1, ${actionSize}], ${actionSpace.kind === 'box' ? 0 : -1}),`,
      '  last_reward: tf.zeros([1]),',
    );
  }
  if (core) for (const name of ['h', 'c']) inputs.push(`  ${name}: tf.zeros([${core.layers}, 1, ${core.hidden}]),`);
  const outputs = ['policy', 'baseline', ...(core ? ['next_h', 'next_c'] : [])];
  return `// npm install @tensorflow/tfjs; unpack the zip where your page can fetch it
import * as tf from '@tensorflow/tfjs';

const model = await tf.loadGraphModel('model.json');
const inputs = {
${inputs.join('\n')}
};
const [${outputs.map((name) => name.replace(/_(.)/, (_, letter: string) => letter.toUpperCase())).join(', ')}] = model.execute(inputs, [${outputs.map((name) => `'${name}'`).join(', ')}]);
`;
}

const thisApp = (stem: string): string =>
  `# Evaluate › Open weights plays it; Configure › Initial weights trains on from it. From the command line:
npm run evaluate -- --weights ${stem}.safetensors --episodes 100
npm run train -- --init-model-path ${stem}.safetensors
`;
