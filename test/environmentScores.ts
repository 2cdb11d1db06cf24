/** The best scores that others have published, for the pages of docs/environments/. Mean returns; "at" is env steps of training. */

export interface PublishedScore {
  readonly score: string;
  readonly by: string;
  readonly source: string;
}

const zoo = (score: string, by: string): PublishedScore => ({
  score,
  by,
  source: 'RL Baselines3 Zoo, benchmark.md, one run',
});
const gymnax = (score: string): PublishedScore => ({
  score,
  by: 'PPO at 10 M, 64 environments, MLP 2 × 256',
  source: 'gymnax, readme and its baselines',
});
const paper = (score: string, by: string): PublishedScore => ({
  score,
  by: `${by} at 5 M, 30 seeds`,
  source: 'Young and Tian 2019, read off a figure',
});
const optimum = (score: string): PublishedScore => ({ score, by: 'the largest return there is', source: 'the rules' });

/** By the beginning of an id; the longest that fits counts. */
const scores: Readonly<Record<string, readonly PublishedScore[]>> = {
  'CartPole-v1': [optimum('500'), zoo('500', 'PPO at 100 k')],
  'CartPoleWithoutVelocities-v1': [optimum('500'), zoo('500', 'recurrent PPO at 100 k')],
  'MountainCar-v0': [zoo('−110', 'PPO at 1 M, tuned')],
  'MountainCarContinuous-v0': [zoo('91.2', 'A2C at 100 k')],
  'Acrobot-v1': [zoo('−73.5', 'PPO at 1 M')],
  'Pendulum-v1': [zoo('−157', 'SAC at 20 k')],
  'LunarLander-v3': [zoo('242 ± 32 (v2)', 'PPO at 1 M')],
  'LunarLanderContinuous-v3': [zoo('271 ± 32 (v2)', 'PPO at 1 M')],
  'BipedalWalker-v3': [zoo('300', 'A2C at 5 M')],
  'BipedalWalkerHardcore-v3': [],
  'bsuite/Catch': [optimum('1')],
  'bsuite/DeepSea': [optimum('0.99')],
  'bsuite/MemoryChain10': [optimum('1')],
  'bsuite/MemoryChain2x5': [optimum('1')],
  'bsuite/DiscountingChain': [optimum('1.1')],
  'bsuite/Umbrella': [],
  'MinAtar/Breakout-v0': [paper('17.5', 'AC(λ = 0.8)')],
  'MinAtar/Asterix-v0': [paper('20', 'AC(0)')],
  'MinAtar/Freeway-v0': [paper('50', 'DQN')],
  'MinAtar/Seaquest-v0': [paper('20', 'DQN; before the oxygen fix of 1.0.11')],
  'MinAtar/SpaceInvaders-v0': [paper('186', 'AC(λ = 0.8)')],
  'MinAtar/Breakout-v1': [gymnax('28')],
  'MinAtar/Asterix-v1': [gymnax('15')],
  'MinAtar/Freeway-v1': [gymnax('58')],
  'MinAtar/Seaquest-v1': [],
  'MinAtar/SpaceInvaders-v1': [gymnax('131')],
  'MiniGrid-Empty-5x5': [zoo('0.968', 'PPO at 100 k, random start')],
  'MiniGrid-Empty-8x8': [],
  'MiniGrid-DoorKey-5x5': [zoo('0.964', 'PPO at 100 k')],
  'MiniGrid-DoorKey-8x8': [],
  'MiniGrid-FourRooms': [zoo('0.573', 'PPO at 5 M')],
  'MiniGrid-KeyCorridorS3R1': [zoo('0.949', 'PPO at 500 k')],
  'MiniGrid-MemoryS7': [],
  PixelPong: [],
  Dials: [optimum('10')],
  Lights: [optimum('10')],
};

/** Empty where nobody has published one that we know of. Throws for an environment that the table forgot. */
export function publishedScoresOf(id: string): readonly PublishedScore[] {
  const name = Object.keys(scores)
    .filter((beginning) => id.startsWith(beginning))
    .sort((a, b) => b.length - a.length)[0];
  if (name === undefined) throw new Error(`test/environmentScores.ts says nothing of ${id}.`);
  return scores[name]!;
}
