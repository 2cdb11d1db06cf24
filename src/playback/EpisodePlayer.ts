/** Lets a policy play one environment, episode after episode: what the evaluator and the live view have in common. */
import { type ActionDistribution, distributionFor } from '../distributions/distribution.ts';
import { clipToBox } from '../envs/clipToBox.ts';
import type { Env, EnvDefinition, Seed } from '../envs/env.ts';
import { Episode } from '../envs/episode.ts';
import type { Action } from '../envs/spaces.ts';
import type { RandomStream } from '../math/randomStream.ts';
import { createInference } from '../networks/createInference.ts';
import { writeNoAction } from '../networks/lastAction.ts';
import type { NetworkSpec } from '../networks/networkSpec.ts';
import { type ParameterLayout, parameterLayout } from '../networks/parameterLayout.ts';
import type { PolicyInference } from '../networks/policyInference.ts';
import { clipReward, normaliseReward, type RewardClipping, rewardScaleOf } from '../networks/rewardClipping.ts';

export class EpisodePlayer {
  readonly inference: PolicyInference;
  readonly distribution: ActionDistribution;
  /** What the policy decided last, [actionSize], not clipped. */
  readonly action: Int32Array | Float32Array;
  /** Takes the most probable action instead of drawing one. */
  greedy: boolean;
  /** What actions are drawn with. */
  noise: RandomStream;
  readonly #env: Env;
  readonly #episode: Episode;
  readonly #rewardClipping: RewardClipping;
  readonly #network: NetworkSpec;
  readonly #layout: ParameterLayout;
  /** The action as the environment gets it, where it is a vector. */
  readonly #envAction: Int32Array | Float32Array;
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
    this.noise = noise;
    this.inference = createInference(network, 1);
    this.distribution = distributionFor(network.actionSpace);
    this.#network = network;
    this.#layout = parameterLayout(network);
    this.action = this.inference.lastAction.slice();
    this.#envAction = this.action.slice();
    this.greedy = greedy;
  }

  /** No episode is under way: call `begin`. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** The episode ended by itself, not by its time limit. */
  get terminated(): boolean {
    return this.#env.terminated;
  }

  /** The raw reward of the last step. */
  get reward(): number {
    return this.#env.reward;
  }

  get episodeReturn(): number {
    return this.#episode.return;
  }

  get episodeLength(): number {
    return this.#episode.length;
  }

  /** Takes other weights. Between episodes. */
  adopt(parameters: Float32Array): void {
    this.inference.parameters.set(parameters);
    this.inference.parametersChanged();
  }

  begin(seed?: Seed): void {
    const { inference } = this;
    this.#env.reset(inference.observation, 0, seed);
    this.#episode.begin();
    writeNoAction(this.#network.actionSpace, inference.lastAction, 0, inference.lastAction.length);
    inference.lastReward[0] = 0;
    inference.coreState.fill(0);
    this.#isOver = false;
  }

  /** One step with the parameters adopted last; `inference` then tells what the policy thought. */
  step(): void {
    const { inference, distribution, action } = this;
    inference.forward(1);
    inference.coreState.set(inference.nextCoreState);
    if (this.greedy) distribution.mode(inference.policyOutputs, 0, action, 0);
    else distribution.sample(inference.policyOutputs, 0, this.noise, action, 0);
    this.#env.step(this.#actionForEnv(), inference.observation, 0);
    inference.lastAction.set(action);
    const reward = clipReward(this.#env.reward, this.#rewardClipping);
    inference.lastReward[0] = normaliseReward(reward, rewardScaleOf(inference.parameters, this.#layout));
    const truncated = this.#episode.count(this.#env.reward);
    this.#isOver = truncated || this.#env.terminated;
  }

  #actionForEnv(): Action {
    const { actionSpace } = this.#network;
    if (actionSpace.kind === 'discrete') return this.action[0]!;
    if (actionSpace.kind === 'box') clipToBox(this.action, 0, actionSpace, this.#envAction as Float32Array);
    else this.#envAction.set(this.action);
    return this.#envAction;
  }

  /** What drawing the environment needs of it. */
  snapshot(out: Float64Array): void {
    this.#env.snapshot(out);
  }
}
