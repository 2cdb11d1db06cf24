/**
 * Every hyperparameter, defined once: its type, default, bounds, unit, help, form row, command-line flag and row in the
 * reference page all derive from this table. Names and meanings are those of RLLTE's DistributedAgent and IMPALA, in camelCase,
 * wherever RLLTE has the setting.
 */

/** Sections of the form and of the reference page, in the order in which people decide. */
export const groups = {
  task: 'Task',
  budget: 'Budget and optimiser',
  loss: 'IMPALA',
  network: 'Network',
  parallelism: 'Parallelism',
  evaluation: 'Evaluation and logging',
} as const;

export type Group = keyof typeof groups;

interface Common {
  readonly label: string;
  /** What it does and when to change it. Never repeats the default. */
  readonly doc: string;
  readonly group: Group;
  /** Basic settings are always in sight; advanced ones fold away. */
  readonly level: 'basic' | 'advanced';
}

export interface NumberSpec extends Common {
  readonly kind: 'number';
  readonly default: number;
  readonly min: number;
  readonly max: number;
  readonly integer?: true;
  readonly unit: string;
  /** How a slider or an arrow key walks through the range. */
  readonly scale: 'linear' | 'log';
  /** Values outside are allowed but pointed out. */
  readonly typical?: readonly [number, number];
  /** When present, 0 means "automatic", and this says how it is then chosen. */
  readonly automatic?: string;
}

export interface ChoiceSpec extends Common {
  readonly kind: 'choice';
  readonly default: string;
  readonly choices: readonly string[];
}

export interface FlagSpec extends Common {
  readonly kind: 'flag';
  readonly default: boolean;
}

export interface TextSpec extends Common {
  readonly kind: 'text';
  readonly default: string;
  readonly placeholder: string;
}

export type HyperparameterSpec = NumberSpec | ChoiceSpec | FlagSpec | TextSpec;

export const hyperparameters = {
  env: {
    kind: 'text',
    default: 'CartPole-v1',
    placeholder: 'CartPole-v1',
    label: 'Environment',
    doc: 'The task to learn, by its Gymnasium id.',
    group: 'task',
    level: 'basic',
  },
  evalEnv: {
    kind: 'text',
    default: '',
    placeholder: 'same as the environment',
    label: 'Evaluation environment',
    doc: 'Where the policy is evaluated. Empty: the training environment. Its spaces must be the same.',
    group: 'task',
    level: 'advanced',
  },
  tag: {
    kind: 'text',
    default: 'default',
    placeholder: 'my-run',
    label: 'Tag',
    doc: 'Name of the run, used for its files.',
    group: 'task',
    level: 'advanced',
  },
  seed: {
    kind: 'number',
    default: 1,
    min: 0,
    max: 4294967295,
    integer: true,
    unit: '',
    scale: 'linear',
    label: 'Seed',
    doc: 'Every random number follows from it: weights, environments, action noise. With lockstep, the same seed gives the same bytes.',
    group: 'task',
    level: 'basic',
  },
  device: {
    kind: 'choice',
    default: 'auto',
    choices: ['auto', 'webgpu', 'wasm', 'cpu'],
    label: 'Learner device',
    doc: 'Where the learner computes. "auto" times a few updates on each engine this browser has and takes the fastest; a software GPU is never chosen unasked.',
    group: 'parallelism',
    level: 'basic',
  },
  pretraining: {
    kind: 'flag',
    default: false,
    label: 'Pre-training',
    doc: 'Train on an intrinsic reward alone, to fine-tune later.',
    group: 'loss',
    level: 'advanced',
  },
  numTrainSteps: {
    kind: 'number',
    default: 300000,
    min: 1,
    max: 1e10,
    integer: true,
    unit: 'env steps',
    scale: 'log',
    label: 'Training steps',
    doc: 'Env steps to learn from, over all actors. The learning rate decays over this budget.',
    group: 'budget',
    level: 'basic',
  },
  optimizer: {
    kind: 'choice',
    default: 'adam',
    choices: ['rmsprop', 'adam'],
    label: 'Optimiser',
    doc: 'RMSprop is what IMPALA was published with; Adam is less sensitive to the scale of the loss. Both as in PyTorch.',
    group: 'budget',
    level: 'basic',
  },
  lr: {
    kind: 'number',
    default: 0.005,
    min: 0,
    max: 1,
    unit: '',
    scale: 'log',
    typical: [1e-5, 1e-2],
    label: 'Learning rate',
    doc: 'Step size of the optimiser at the start. Too high: the return collapses; too low: it hardly moves.',
    group: 'budget',
    level: 'basic',
  },
  lrSchedule: {
    kind: 'choice',
    default: 'linear',
    choices: ['linear', 'constant'],
    label: 'Learning rate schedule',
    doc: '"linear" decays to 0 over the training steps, as in the paper.',
    group: 'budget',
    level: 'advanced',
  },
  eps: {
    kind: 'number',
    default: 1e-5,
    min: 1e-12,
    max: 1,
    unit: '',
    scale: 'log',
    label: 'Optimiser ε',
    doc: 'Added to the denominator of the optimiser, outside the square root. IMPALA used 0.01 to 0.1 with RMSprop; Adam wants a small one.',
    group: 'budget',
    level: 'advanced',
  },
  alpha: {
    kind: 'number',
    default: 0.99,
    min: 0,
    max: 0.99999,
    unit: '',
    scale: 'linear',
    label: 'RMSprop α',
    doc: 'Decay of the running mean of squared gradients. RMSprop only.',
    group: 'budget',
    level: 'advanced',
  },
  momentum: {
    kind: 'number',
    default: 0,
    min: 0,
    max: 0.99999,
    unit: '',
    scale: 'linear',
    label: 'RMSprop momentum',
    doc: 'Share of the last step that is repeated. RMSprop only.',
    group: 'budget',
    level: 'advanced',
  },
  beta1: {
    kind: 'number',
    default: 0.9,
    min: 0,
    max: 0.99999,
    unit: '',
    scale: 'linear',
    label: 'Adam β₁',
    doc: 'Decay of the running mean of gradients. Adam only.',
    group: 'budget',
    level: 'advanced',
  },
  beta2: {
    kind: 'number',
    default: 0.999,
    min: 0,
    max: 0.999999,
    unit: '',
    scale: 'linear',
    label: 'Adam β₂',
    doc: 'Decay of the running mean of squared gradients. Adam only.',
    group: 'budget',
    level: 'advanced',
  },
  maxGradNorm: {
    kind: 'number',
    default: 0.5,
    min: 0,
    max: 1e6,
    unit: 'L2 norm',
    scale: 'log',
    label: 'Gradient clip',
    doc: 'Gradients with a larger global norm are scaled down to it. 0 turns clipping off. What is large depends on the loss reduction.',
    group: 'budget',
    level: 'basic',
  },
  discount: {
    kind: 'number',
    default: 0.99,
    min: 0,
    max: 1,
    unit: '',
    scale: 'linear',
    typical: [0.9, 0.9999],
    label: 'Discount γ',
    doc: 'What a reward one step later is worth. The agent looks about 1 / (1 − γ) steps ahead.',
    group: 'loss',
    level: 'basic',
  },
  entCoef: {
    kind: 'number',
    default: 0.01,
    min: 0,
    max: 10,
    unit: '',
    scale: 'log',
    typical: [0, 0.1],
    label: 'Entropy cost',
    doc: 'Pay for being undecided. More keeps exploring; too much and the policy stays random.',
    group: 'loss',
    level: 'basic',
  },
  baselineCoef: {
    kind: 'number',
    default: 0.5,
    min: 0,
    max: 100,
    unit: '',
    scale: 'log',
    typical: [0.01, 2],
    label: 'Baseline cost',
    doc: 'Weight of the baseline loss beside the policy loss.',
    group: 'loss',
    level: 'basic',
  },
  rhoBar: {
    kind: 'number',
    default: 1,
    min: 0,
    max: 1e6,
    unit: '',
    scale: 'log',
    label: 'V-trace ρ̄',
    doc: 'Largest importance weight a temporal difference may have. It decides which policy the baseline converges to.',
    group: 'loss',
    level: 'advanced',
  },
  pgRhoBar: {
    kind: 'number',
    default: 1,
    min: 0,
    max: 1e6,
    unit: '',
    scale: 'log',
    label: 'Policy gradient ρ̄',
    doc: 'Largest importance weight in the policy gradient.',
    group: 'loss',
    level: 'advanced',
  },
  rewardClipping: {
    kind: 'choice',
    default: 'none',
    choices: ['none', 'absOne', 'softAsymmetric'],
    label: 'Reward clipping',
    doc: '"absOne" limits each reward to [−1, 1] in the loss, "softAsymmetric" squashes it as in the paper on DeepMind Lab. Charts always show raw returns.',
    group: 'loss',
    level: 'advanced',
  },
  lossReduction: {
    kind: 'choice',
    default: 'mean',
    choices: ['sum', 'mean'],
    label: 'Loss reduction',
    doc: 'Sum over the steps of a batch, as in the paper\'s code, or mean. With "sum" the useful learning rate and gradient clip grow with the batch.',
    group: 'loss',
    level: 'advanced',
  },
  encoder: {
    kind: 'choice',
    default: 'auto',
    choices: ['auto', 'identity', 'mlp', 'minatar', 'nature', 'resnet', 'custom'],
    label: 'Encoder',
    doc: 'What turns observations into features. "auto": mlp for vectors, nature for screens, minatar (one 3×3 convolution) for small grids. "resnet" is IMPALA\'s deep network, "identity" leaves the observation as it is.',
    group: 'network',
    level: 'basic',
  },
  encoderLayers: {
    kind: 'text',
    default: 'dense 64 tanh, dense 64 tanh',
    placeholder: 'conv 16 3x3 relu, dense 128 relu',
    label: 'Encoder layers',
    doc: 'Layers of the encoder "custom": "dense 128 tanh", "conv 16 3x3 stride 1 pad 0 relu", "residual 32" and "relu", separated by commas.',
    group: 'network',
    level: 'advanced',
  },
  hiddenDim: {
    kind: 'number',
    default: 64,
    min: 1,
    max: 4096,
    integer: true,
    unit: 'units',
    scale: 'log',
    label: 'Hidden width',
    doc: 'Width of the hidden layer of the encoder mlp, and of the LSTM.',
    group: 'network',
    level: 'basic',
  },
  featureDim: {
    kind: 'number',
    default: 64,
    min: 1,
    max: 4096,
    integer: true,
    unit: 'units',
    scale: 'log',
    label: 'Feature width',
    doc: 'Width of the last layer of the encoders mlp, minatar, nature and resnet.',
    group: 'network',
    level: 'basic',
  },
  activation: {
    kind: 'choice',
    default: 'tanh',
    choices: ['tanh', 'relu'],
    label: 'Activation',
    doc: 'Nonlinearity after each layer of the encoder mlp.',
    group: 'network',
    level: 'advanced',
  },
  useLstm: {
    kind: 'flag',
    default: false,
    label: 'LSTM',
    doc: 'Give the policy a memory: an LSTM of the hidden width between encoder and heads.',
    group: 'network',
    level: 'advanced',
  },
  lstmLayers: {
    kind: 'number',
    default: 1,
    min: 1,
    max: 8,
    integer: true,
    unit: 'layers',
    scale: 'linear',
    label: 'LSTM layers',
    doc: 'How many LSTM layers lie on one another. Of no meaning without LSTM.',
    group: 'network',
    level: 'advanced',
  },
  lastActionReward: {
    kind: 'flag',
    default: false,
    label: 'Last action and reward',
    doc: 'Feed the last action and reward to the policy as well, as IMPALA does. Both are zero where an episode begins.',
    group: 'network',
    level: 'advanced',
  },
  initFn: {
    kind: 'choice',
    default: 'orthogonal',
    choices: ['orthogonal', 'xavier_uniform', 'xavier_normal', 'he_uniform', 'he_normal', 'identity'],
    label: 'Initialisation',
    doc: 'How weights start. "identity" leaves PyTorch\'s default in place, as in RLLTE.',
    group: 'network',
    level: 'advanced',
  },
  logStd: {
    kind: 'choice',
    default: 'stateIndependent',
    choices: ['stateIndependent', 'stateDependent'],
    label: 'Log std',
    doc: 'Where the log standard deviations of continuous actions come from: parameters of their own, or the policy head.',
    group: 'network',
    level: 'advanced',
  },
  initialLogStd: {
    kind: 'number',
    default: 0,
    min: -10,
    max: 2,
    unit: '',
    scale: 'linear',
    label: 'Initial log std',
    doc: 'What the log standard deviations of continuous actions start at. Of no meaning for other actions.',
    group: 'network',
    level: 'advanced',
  },
  observationNormalisation: {
    kind: 'flag',
    default: false,
    label: 'Normalise observations',
    doc: 'Shift and scale observations by their running mean and deviation over all actors, which are saved with the weights. Results are limited to ±10.',
    group: 'network',
    level: 'advanced',
  },
  rewardNormalisation: {
    kind: 'flag',
    default: false,
    label: 'Normalise rewards',
    doc: 'Divide rewards, after clipping, by the running deviation of the discounted return over all actors. Charts always show raw returns.',
    group: 'loss',
    level: 'advanced',
  },
  numSteps: {
    kind: 'number',
    default: 20,
    min: 1,
    max: 10000,
    integer: true,
    unit: 'env steps',
    scale: 'log',
    label: 'Rollout length',
    doc: 'Steps in one rollout: T. Longer means less bias, more variance and more policy lag.',
    group: 'loss',
    level: 'basic',
  },
  batchSize: {
    kind: 'number',
    default: 8,
    min: 1,
    max: 4096,
    integer: true,
    unit: 'rollouts',
    scale: 'log',
    label: 'Batch size',
    doc: 'Rollouts in one update of one learner: B. An update learns from T × B steps.',
    group: 'loss',
    level: 'basic',
  },
  numActors: {
    kind: 'number',
    default: 0,
    min: 0,
    max: 256,
    integer: true,
    unit: 'workers',
    scale: 'linear',
    automatic: 'one for each processor thread but one, at least one',
    label: 'Actors',
    doc: 'Web Workers that play. More than the machine has threads makes them slower, not faster.',
    group: 'parallelism',
    level: 'basic',
  },
  numEnvsPerActor: {
    kind: 'number',
    default: 16,
    min: 1,
    max: 1024,
    integer: true,
    unit: 'environments',
    scale: 'log',
    label: 'Environments per actor',
    doc: 'Environments that one actor steps together.',
    group: 'parallelism',
    level: 'basic',
  },
  numLearners: {
    kind: 'number',
    default: 1,
    min: 1,
    max: 16,
    integer: true,
    unit: 'workers',
    scale: 'linear',
    label: 'Learners',
    doc: 'Workers that learn at the same time, each from its own batch; their gradients are added up before each update.',
    group: 'parallelism',
    level: 'advanced',
  },
  numStorages: {
    kind: 'number',
    default: 0,
    min: 0,
    max: 65536,
    integer: true,
    unit: 'rollouts',
    scale: 'log',
    automatic: 'what all actors fill at once, and two batches for each learner',
    label: 'Storages',
    doc: 'Rollouts that shared memory holds. More lets actors run ahead, which means more policy lag.',
    group: 'parallelism',
    level: 'advanced',
  },
  maxPolicyLag: {
    kind: 'number',
    default: 0,
    min: 0,
    max: 1000000,
    integer: true,
    unit: 'updates',
    scale: 'log',
    label: 'Largest policy lag',
    doc: 'Rollouts older than this many updates are dropped instead of learned from. 0 keeps all.',
    group: 'loss',
    level: 'advanced',
  },
  lockstep: {
    kind: 'flag',
    default: false,
    label: 'Lockstep',
    doc: 'Actors and learner take turns on a fixed schedule: the same seed and engine give the same weights, byte for byte. Slower.',
    group: 'parallelism',
    level: 'advanced',
  },
  initModelPath: {
    kind: 'text',
    default: '',
    placeholder: 'file or URL of a weights.safetensors',
    label: 'Initial weights',
    doc: 'Start from these weights: a file or the URL of a weights.safetensors of the same network. Empty: start from scratch.',
    group: 'task',
    level: 'advanced',
  },
  logInterval: {
    kind: 'number',
    default: 10,
    min: 1,
    max: 1000000,
    integer: true,
    unit: 'updates',
    scale: 'log',
    label: 'Log every',
    doc: 'Updates that one row of metrics averages over.',
    group: 'evaluation',
    level: 'advanced',
  },
  evalInterval: {
    kind: 'number',
    default: 20000,
    min: 0,
    max: 1e10,
    integer: true,
    unit: 'env steps',
    scale: 'log',
    label: 'Evaluate every',
    doc: 'Env steps between two evaluations of the greedy policy, in a worker of its own. 0 turns them off.',
    group: 'evaluation',
    level: 'basic',
  },
  numEvalEpisodes: {
    kind: 'number',
    default: 10,
    min: 1,
    max: 10000,
    integer: true,
    unit: 'episodes',
    scale: 'log',
    label: 'Episodes per evaluation',
    doc: 'Greedy episodes in one evaluation, always on the same seeds.',
    group: 'evaluation',
    level: 'basic',
  },
  saveInterval: {
    kind: 'number',
    default: 0,
    min: 0,
    max: 1e10,
    integer: true,
    unit: 'env steps',
    scale: 'log',
    label: 'Save every',
    doc: 'Env steps between two savings of the weights: files of their own on the command line, downloads on the page. 0 keeps only the last weights.',
    group: 'evaluation',
    level: 'advanced',
  },
  numFinalEvalEpisodes: {
    kind: 'number',
    default: 100,
    min: 1,
    max: 100000,
    integer: true,
    unit: 'episodes',
    scale: 'log',
    label: 'Episodes at the end',
    doc: 'Greedy episodes of the evaluation after the last update.',
    group: 'evaluation',
    level: 'advanced',
  },
} as const satisfies Record<string, HyperparameterSpec>;

export type HyperparameterName = keyof typeof hyperparameters;

type ValueOf<S> = S extends { kind: 'choice'; choices: readonly (infer Choice)[] }
  ? Choice
  : S extends { kind: 'flag' }
    ? boolean
    : S extends { kind: 'text' }
      ? string
      : number;

export type Hyperparameters = {
  readonly [Name in HyperparameterName]: ValueOf<(typeof hyperparameters)[Name]>;
};

export const hyperparameterNames = Object.keys(hyperparameters) as readonly HyperparameterName[];

/** The specification of one hyperparameter, as the general type that forms and parsers work on. */
export const specOf = (name: HyperparameterName): HyperparameterSpec => hyperparameters[name];

export const defaultHyperparameters = Object.fromEntries(
  hyperparameterNames.map((name) => [name, hyperparameters[name].default]),
) as unknown as Hyperparameters;
