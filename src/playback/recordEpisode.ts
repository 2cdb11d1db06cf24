/** An episode played to its end, with everything that a picture, a chart or a film of it needs. */
import { findEnv } from '../envs/registry.ts';
import { actionSize } from '../envs/spaces.ts';
import type { EpisodeRequest, EpisodeTrace } from './episode.api.ts';
import { beginSeeded, createPlayer } from './seededPlayer.ts';

export interface EpisodeRecording {
  readonly trace: EpisodeTrace;
  /** [T + 1]: what drawing each state needs */
  readonly snapshots: readonly Float64Array[];
}

export function recordEpisode(request: EpisodeRequest): EpisodeRecording {
  const { spec, snapshotSize } = findEnv(request.env);
  const player = createPlayer(request);
  beginSeeded(player, request.seed);
  const n = spec.actionSpace.kind === 'discrete' ? spec.actionSpace.n : 0;
  const probabilities = new Float64Array(n);
  const columns = {
    rewards: [] as number[],
    returns: [0],
    values: [] as number[],
    actions: [] as number[],
    probabilities: [] as number[],
  };
  const snapshots: Float64Array[] = [];
  const keepSnapshot = () => {
    const snapshot = new Float64Array(snapshotSize);
    player.snapshot(snapshot);
    snapshots.push(snapshot);
  };
  keepSnapshot();
  while (!player.isOver) {
    player.step();
    columns.rewards.push(player.reward);
    columns.returns.push(player.episodeReturn);
    columns.values.push(player.inference.baseline[0]!);
    columns.actions.push(...player.action);
    if (n > 0) {
      player.distribution.describe(player.inference.policyOutputs, 0, probabilities);
      columns.probabilities.push(...probabilities);
    }
    keepSnapshot();
  }
  return {
    trace: {
      seed: request.seed,
      length: player.episodeLength,
      return: player.episodeReturn,
      terminated: player.terminated,
      rewards: Float64Array.from(columns.rewards),
      returns: Float64Array.from(columns.returns),
      values: Float32Array.from(columns.values),
      actionSize: actionSize(spec.actionSpace),
      actions: Float32Array.from(columns.actions),
      probabilities: Float32Array.from(columns.probabilities),
    },
    snapshots,
  };
}
