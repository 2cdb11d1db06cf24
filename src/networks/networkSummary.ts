/** A network layer by layer, as people look at it: shape, parameters, work. */
import type { EncoderLayer } from '../config/encoders.ts';
import type { ObservationSpace } from '../envs/spaces.ts';
import type { NetworkSpec } from './networkSpec.ts';
import {
  type EncoderStage,
  encoderLayout,
  flopsOf,
  type LstmStage,
  type ParameterLayout,
  parameterLayout,
} from './parameterLayout.ts';

export interface LayerSummary {
  readonly kind: 'observation' | EncoderLayer['kind'] | 'last action and reward' | 'lstm' | 'heads';
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
  const nothing = { parameters: 0, flops: 0 };
  const observation: LayerSummary = { kind: 'observation', label: 'observation', shape, ...nothing };
  const layers = [observation, ...summariesOf(spec.encoder, layout.encoder, shape)];
  const add = (kind: LayerSummary['kind'], label: string, stage: EncoderStage | LstmStage) =>
    layers.push(summaryOf(kind, label, stage, layers.at(-1)!.shape));
  if (layout.extraSize > 0) {
    const kind = 'last action and reward';
    layers.push({ kind, label: `with ${kind}`, shape: [layout.featureSize + layout.extraSize], ...nothing });
  }
  for (const stage of layout.core) add('lstm', 'LSTM', stage);
  add('heads', 'policy and baseline', layout.heads);
  return withLogStd(layers, layout);
}

/** Of layers that fit together, whether or not they end as an encoder must: one that is still being built. */
export function summariseLayers(layers: readonly EncoderLayer[], observationSpace: ObservationSpace): LayerSummary[] {
  const ending: EncoderLayer = { kind: 'dense', width: 1, activation: 'linear' };
  const { encoder } = encoderLayout({ encoder: [...layers, ending], observationSpace });
  return summariesOf(layers, encoder.slice(0, -1), observationSpace.shape);
}

function summariesOf(layers: readonly EncoderLayer[], stages: readonly EncoderStage[], input: readonly number[]) {
  const summaries: LayerSummary[] = [];
  for (const [i, stage] of stages.entries()) {
    const layer = layers[i]!;
    summaries.push(summaryOf(layer.kind, labelOf(layer), stage, summaries.at(-1)?.shape ?? input));
  }
  return summaries;
}

const summaryOf = (
  kind: LayerSummary['kind'],
  label: string,
  stage: EncoderStage | LstmStage,
  input: readonly number[],
): LayerSummary => ({
  kind,
  label,
  shape: shapeAfter(stage, input),
  parameters: parametersOf(stage),
  flops: flopsOf(stage),
});

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
