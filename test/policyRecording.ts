/** What a network computes on random inputs, by the actors' inference: what every exported model must compute too. */
import { RandomStream } from '../src/math/randomStream.ts';
import { initialParameters } from '../src/networks/initialise.ts';
import { coreStateSize, type NetworkSpec } from '../src/networks/networkSpec.ts';
import { parameterLayout } from '../src/networks/parameterLayout.ts';
import { PlainInference } from '../src/networks/policyInference.ts';

export interface PolicyRecording {
  readonly parameters: Float32Array<ArrayBuffer>;
  readonly rows: number;
  readonly observation: number[];
  /** [rows, A]; the first row is the beginning of an episode. */
  readonly lastAction: number[];
  readonly lastReward: number[];
  /** [layers, rows, hidden], as models outside take it. */
  readonly h: number[];
  readonly c: number[];
  readonly policy: number[];
  readonly baseline: number[];
  readonly nextH: number[];
  readonly nextC: number[];
}

export function recordPolicy(network: NetworkSpec, rows = 3): PolicyRecording {
  const random = new RandomStream(3, 'measurement');
  const layout = parameterLayout(network);
  const inference = new PlainInference(network, rows);
  const parameters = initialParameters(network, 'he_normal', 5, -0.5);
  for (let i = 0; i < layout.trainableSize; i++) parameters[i]! += 0.01 * random.normal(); // No bias stays 0.
  const statistics = layout.observationStatistics;
  for (let i = 0; statistics && i < statistics.size; i++) {
    parameters[statistics.mean + i] = random.normal();
    parameters[statistics.variance + i] = 0.5 + random.uniform();
  }
  inference.parameters.set(parameters);
  inference.parametersChanged();
  const { observation, lastAction, lastReward, coreState } = inference;
  const isBytes = network.observationSpace.dtype === 'uint8';
  for (let i = 0; i < observation.length; i++) {
    observation[i] = isBytes ? Math.floor(256 * random.uniform()) : random.normal();
  }
  const actionSize = lastAction.length / rows;
  for (let i = actionSize; i < lastAction.length; i++) {
    lastAction[i] = network.actionSpace.kind === 'box' ? random.normal() : Math.floor(2 * random.uniform());
  }
  for (let row = 1; row < rows; row++) lastReward[row] = random.normal();
  for (let i = 0; i < coreState.length; i++) coreState[i] = 0.5 * random.normal();
  inference.forward(rows);
  return {
    parameters,
    rows,
    observation: [...observation],
    lastAction: [...lastAction],
    lastReward: [...lastReward],
    h: layersFirst(network, coreState, rows, 0),
    c: layersFirst(network, coreState, rows, 1),
    policy: [...inference.policyOutputs],
    baseline: [...inference.baseline],
    nextH: layersFirst(network, inference.nextCoreState, rows, 0),
    nextC: layersFirst(network, inference.nextCoreState, rows, 1),
  };
}

/** h (0) or c (1) out of [rows, layers, 2, hidden] as [layers, rows, hidden]. */
function layersFirst(network: NetworkSpec, state: Float32Array, rows: number, which: 0 | 1): number[] {
  const { core } = network;
  if (!core) return [];
  return Array.from({ length: core.layers }, (_, layer) =>
    Array.from({ length: rows }, (_, row) => {
      const at = row * coreStateSize(network) + (layer * 2 + which) * core.hidden;
      return [...state.subarray(at, at + core.hidden)];
    }),
  ).flat(2);
}
