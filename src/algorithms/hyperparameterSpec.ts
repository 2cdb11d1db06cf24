/** What is said of a hyperparameter. The table of all of them is in config/; an algorithm brings its own rows. */

/** Sections of the form and of the reference page, in the order in which people decide. */
export const groups = {
  task: 'Task',
  budget: 'Budget and optimiser',
  loss: 'Algorithm',
  exploration: 'Exploration',
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
