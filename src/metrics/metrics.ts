/** Every number the learner reports, defined once: charts, legends, tooltips, CSV columns and the docs read this table. */

export interface MetricSpec {
  readonly label: string;
  readonly unit: string;
  /** What it shows, what good and bad look like. */
  readonly doc: string;
}

/**
 * One row covers `logInterval` updates. Unless the text says otherwise a metric is the mean over them; losses are per step
 * (means over T × B), whatever the loss reduction, so that runs can be compared.
 */
export const learnerMetrics = {
  frames: { label: 'Env steps', unit: 'env steps', doc: 'Env steps learned from, up to the end of the row.' },
  updates: { label: 'Updates', unit: 'updates', doc: 'Updates made, up to the end of the row.' },
  seconds: { label: 'Time', unit: 's', doc: 'Seconds of training, without pauses, up to the end of the row.' },
  policyLoss: {
    label: 'Policy loss',
    unit: '',
    doc: 'Mean of −log π(a) times its advantage. Moves around zero; a lasting drift to large values is trouble.',
  },
  baselineLoss: {
    label: 'Baseline loss',
    unit: '',
    doc: 'Half the mean squared distance of V from its V-trace target. Rises while returns grow, then should fall.',
  },
  entropy: {
    label: 'Entropy',
    unit: 'nats',
    doc: 'How undecided the policy is. Falls as it learns; near zero too early means it stopped exploring.',
  },
  totalLoss: {
    label: 'Total loss',
    unit: '',
    doc: 'Policy loss + baseline cost × baseline loss − entropy cost × entropy.',
  },
  gradNorm: {
    label: 'Gradient norm',
    unit: 'L2',
    doc: 'Global norm of the gradient before clipping. Often above the clip: lower the learning rate or raise the clip.',
  },
  learningRate: { label: 'Learning rate', unit: '', doc: 'The rate the last update of the row was made with.' },
  importanceWeight: {
    label: 'Importance weight',
    unit: 'ρ',
    doc: 'Mean of π(a) / μ(a), target over behaviour policy. One means the data is fresh.',
  },
  clippedFraction: {
    label: 'Clipped weights',
    unit: '0–1',
    doc: 'Share of steps whose importance weight was cut at ρ̄. High means the actors are far behind.',
  },
  intrinsicReward: {
    label: 'Intrinsic reward',
    unit: 'reward',
    doc: "Mean reward for novelty per step, as it was added to the task's own. Falls as everything has been seen; 0 where it is off.",
  },
  policyLag: {
    label: 'Policy lag',
    unit: 'updates',
    doc: 'Updates made between the start of a rollout and its use. Lower learns in fewer steps.',
  },
  maxPolicyLag: { label: 'Largest policy lag', unit: 'updates', doc: 'Largest policy lag in the row.' },
  queue: {
    label: 'Full queue',
    unit: 'rollouts',
    doc: 'Rollouts waiting when an update began. Always full: the learner is the bottleneck; always empty: the actors are.',
  },
  updateMs: { label: 'Update time', unit: 'ms', doc: 'Time of one update, without waiting for data.' },
  waitMs: { label: 'Waiting for data', unit: 'ms', doc: 'Time per update that the learner waited for rollouts.' },
  framesPerSecond: { label: 'Throughput', unit: 'env steps/s', doc: 'Env steps learned from per second.' },
} as const satisfies Record<string, MetricSpec>;

export type LearnerMetric = keyof typeof learnerMetrics;

export const learnerMetricNames = Object.keys(learnerMetrics) as readonly LearnerMetric[];

/** Sums that a loss gives beside its gradient, in this order. With several learners they are added up like gradients. */
export const lossSums = ['policyLoss', 'baselineLoss', 'entropy', 'importanceWeight', 'clipped'] as const;

/** Columns of a finished episode, in this order wherever episodes travel as numbers. */
export const episodeColumns = {
  frames: { label: 'Env steps', unit: 'env steps', doc: 'Env steps learned from when the episode was counted.' },
  episodeReturn: { label: 'Episode return', unit: 'reward', doc: 'Sum of raw rewards in one finished episode.' },
  episodeLength: { label: 'Episode length', unit: 'env steps', doc: 'Steps of one finished episode.' },
  actor: { label: 'Actor', unit: '', doc: 'Which actor played it.' },
} as const satisfies Record<string, MetricSpec>;

export type EpisodeColumn = keyof typeof episodeColumns;

export const episodeColumnNames = Object.keys(episodeColumns) as readonly EpisodeColumn[];
