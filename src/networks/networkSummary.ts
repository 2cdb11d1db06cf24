/** A network layer by layer, as people look at it: shape, parameters, work. */
import type { EncoderLayer } from '../config/encoders.ts';
import type { NetworkSpec } from './networkSpec.ts';
import {
  type EncoderStage,
  flopsOf,
  type LstmStage,
  type ParameterLayout,
  parameterLayout,
} from './parameterLayout.ts';

export interface LayerSummary {
  readonly label: string;
  /** What it gives for one observation: [features], or [height, width, channels]. */
  readonly shape: readonly number[];
  /** Trained numbers. */
  readonly parameters: number;
  /** Multiplications and additions for one observation. */
  readonly flops: number;
}

/** From the observation to the heads. Throws an `EncoderError` if the layers do not fit together. */
export function summariseNetwork(spec: NetworkSpec): LayerSummary[] {
  const layout = parameterLayout(spec);
  const { shape } = spec.observationSpace;
  const layers: LayerSummary[] = [{ label: 'observation', shape, parameters: 0, flops: 0 }];
  const add = (label: string, stage: EncoderStage | LstmStage) =>
    layers.push({
      label,
      shape: shapeAfter(stage, layers.at(-1)!.shape),
      parameters: parametersOf(stage),
      flops: flopsOf(stage),
    });
  for (const [i, stage] of layout.encoder.entries()) add(labelOf(spec.encoder[i]!), stage);
  for (const stage of layout.core) add('LSTM', stage);
  add('policy and baseline', layout.heads);
  return withLogStd(layers, layout);
}

/** Log standard deviations belong to the policy, though no layer computes them. */
function withLogStd(layers: readonly LayerSummary[], { logStdAt, heads }: ParameterLayout): LayerSummary[] {
  if (logStdAt === null) return [...layers];
  const last = layers.at(-1)!;
  return [...layers.slice(0, -1), { ...last, parameters: last.parameters + heads.outputSize - 1 }];
}

function labelOf(layer: EncoderLayer): string {
  switch (layer.kind) {
    case 'dense':
      return `dense, ${layer.activation}`;
    case 'conv':
      return `conv ${layer.kernel}×${layer.kernel}${layer.stride > 1 ? ` / ${layer.stride}` : ''}, ${layer.activation}`;
    case 'residual':
      return 'residual section';
    case 'relu':
      return 'relu';
  }
}

function shapeAfter(stage: EncoderStage | LstmStage, input: readonly number[]): readonly number[] {
  if (!('kind' in stage)) return [stage.hidden];
  if (stage.kind === 'dense') return [stage.outputSize];
  return stage.kind === 'relu' ? input : stage.output;
}

function parametersOf(stage: EncoderStage | LstmStage): number {
  if (!('kind' in stage)) return (stage.inputSize + stage.hidden + 2) * 4 * stage.hidden;
  switch (stage.kind) {
    case 'dense':
      return (stage.inputSize + 1) * stage.outputSize;
    case 'conv':
      return (stage.kernel ** 2 * stage.input[2] + 1) * stage.output[2];
    case 'residual':
      return [stage.conv, ...stage.blocks.flat()].reduce((sum, conv) => sum + parametersOf(conv), 0);
    case 'relu':
      return 0;
  }
}
