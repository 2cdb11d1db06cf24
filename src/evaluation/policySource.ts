/**
 * Where the weights come from that people evaluate: the run under way, what it saved, a stored run, a file. Each is a safetensors
 * file with its origin, read only when it is asked for.
 */
import { decodeWeights, hyperparametersOfWeights } from '../checkpoints/weightsFile.ts';
import type { Hyperparameters } from '../config/hyperparameters.ts';
import { networkOf } from '../networks/networkOf.ts';
import type { PlayablePolicy } from '../playback/episode.api.ts';

export interface PolicySource {
  /** The same for the same weights, or for whatever a run's present weights are. */
  readonly id: string;
  /** The run's id where there is one, for addresses; its name otherwise. */
  readonly run: string;
  /** What people call the run or the file. */
  readonly name: string;
  /** Which of its weights: "present weights", "1.20M env steps"; empty for a file. */
  readonly detail: string;
  /** They change while a run goes on. */
  readonly isPresent: boolean;
  /** Env steps learned from; null where nobody knows. Of present weights, at the time of asking. */
  readonly frames: () => number | null;
  readonly read: () => Uint8Array | Promise<Uint8Array>;
}

/** Weights as they were when they were read. */
export interface LoadedPolicy {
  readonly source: PolicySource;
  readonly frames: number | null;
  /** Where they are evaluated. */
  readonly env: string;
  readonly playable: PlayablePolicy;
}

/** "lunar-impala-07, present weights". */
export const titleOf = ({ name, detail }: Pick<PolicySource, 'name' | 'detail'>): string =>
  detail ? `${name}, ${detail}` : name;

/**
 * Reads the weights of a source. Rejects, with a sentence to show, if they are gone, broken, or do not fit.
 * @param assumed for a file that does not say for which environment and network it was made
 */
export async function loadPolicy(source: PolicySource, assumed: Hyperparameters): Promise<LoadedPolicy> {
  const frames = source.frames();
  try {
    const file = await source.read();
    const h = hyperparametersOfWeights(file) ?? assumed;
    const network = networkOf(h);
    const { parameters } = decodeWeights(file, network);
    const playable = { network, rewardClipping: h.rewardClipping, parameters };
    return { source, frames, env: h.evalEnv || h.env, playable };
  } catch (error) {
    throw new Error(`${titleOf(source)}: ${(error as Error).message}`);
  }
}
