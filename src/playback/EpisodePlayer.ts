/** Lets a policy play one environment, episode after episode: what the evaluator and the live view have in common. */
import type { Env, EnvDefinition, Seed } from '../envs/env.ts';
import { Episode } from '../envs/episode.ts';
import { policyOutputSize } from '../envs/spaces.ts';
import type { RandomStream } from '../math/randomStream.ts';
import { modeOfCategorical, sampleCategorical } from '../networks/categorical.ts';
import type { NetworkSpec } from '../networks/networkSpec.ts';
import { MlpInference, type PolicyInference } from '../networks/policyInference.ts';
import { clipReward, type RewardClipping } from '../networks/rewardClipping.ts';

export class EpisodePlayer {
  readonly inference: PolicyInference;
  readonly numActions: number;
  /** Takes the most probable action instead of drawing one. */
  greedy: boolean;
  readonly #env: Env;
  readonly #episode: Episode;
  readonly #rewardClipping: RewardClipping;
  readonly #noise: RandomStream;
  #isOver = true;

  constructor(
    definition: EnvDefinition,
    network: NetworkSpec,
    rewardClipping: RewardClipping,
    greedy: boolean,
    noise: RandomStream,
  ) {
    this.#env = definition.create();
    this.#episode = new Episode(definition.spec.maxEpisodeSteps);
    this.#rewardClipping = rewardClipping;
    this.#noise = noise;
    this.inference = new MlpInference(network, 1);
    this.numActions = policyOutputSize(network.actionSpace);
    this.greedy = greedy;
  }

  /** No episode is under way: call `begin`. */
  get isOver(): boolean {
    return this.#isOver;
  }

  get episodeReturn(): number {
    return this.#episode.return;
  }

  get episodeLength(): number {
    return this.#episode.length;
  }

  begin(seed?: Seed): void {
    this.#env.reset(this.inference.observation, 0, seed);
    this.#episode.begin();
    this.inference.lastAction[0] = -1;
    this.inference.lastReward[0] = 0;
    this.#isOver = false;
  }

  /** One step with the parameters in `inference`, whose outputs then tell what the policy thought. */
  step(): void {
    const { inference, numActions } = this;
    inference.forward(1);
    const action = this.greedy
      ? modeOfCategorical(inference.policyOutputs, 0, numActions)
      : sampleCategorical(inference.policyOutputs, 0, numActions, this.#noise.uniform());
    this.#env.step(action, inference.observation, 0);
    inference.lastAction[0] = action;
    inference.lastReward[0] = clipReward(this.#env.reward, this.#rewardClipping);
    const truncated = this.#episode.count(this.#env.reward);
    this.#isOver = truncated || this.#env.terminated;
  }

  /** What drawing the environment needs of it. */
  snapshot(out: Float64Array): void {
    this.#env.snapshot(out);
  }
}
