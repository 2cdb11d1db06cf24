/**
 * What an environment takes and gives, as in Gymnasium: `Discrete`, `MultiDiscrete`, `MultiBinary` and `Box`. Plain data, so that a space can be
 * posted to a worker and written into a file.
 */

/** One of the integers 0 … n − 1. */
export interface Discrete {
  readonly kind: 'discrete';
  readonly n: number;
  /** What each action is called where people see it. */
  readonly names?: readonly string[];
}

/** Real vectors (or bytes) of a fixed shape. `low` and `high` hold one bound per element, or one for all of them. */
export interface Box {
  readonly kind: 'box';
  readonly shape: readonly number[];
  readonly dtype: 'float32' | 'uint8';
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/** Several choices at once: element i is one of the integers 0 … nvec[i] − 1. */
export interface MultiDiscrete {
  readonly kind: 'multiDiscrete';
  readonly nvec: readonly number[];
  /** What each of the choices is about, where people see it. */
  readonly names?: readonly string[];
}

/** n switches, each 0 or 1. */
export interface MultiBinary {
  readonly kind: 'multiBinary';
  readonly n: number;
  /** What each switch is called where people see it. */
  readonly names?: readonly string[];
}

export type ActionSpace = Discrete | MultiDiscrete | MultiBinary | Box;
export type ObservationSpace = Box;

/** Memory that an observation is written into; which of the two is told by the space's `dtype`. */
export type ObservationArray = Float32Array | Uint8Array;

/** An action as an environment receives it: a number for Discrete, integers for MultiDiscrete and MultiBinary, reals for Box. */
export type Action = number | Int32Array | Float32Array;

/** Number of elements in one sample of a box. */
export const sizeOf = (box: Box): number => box.shape.reduce((product, extent) => product * extent, 1);

/** The bound of element i, where `bounds` holds one per element or one for all. */
export const boundAt = (bounds: readonly number[], i: number): number => bounds[bounds.length === 1 ? 0 : i]!;

/** Zeroed memory for `count` samples of a box, one after the other. */
export const createArray = (box: Box, count = 1): ObservationArray =>
  box.dtype === 'uint8' ? new Uint8Array(count * sizeOf(box)) : new Float32Array(count * sizeOf(box));

/** Memory for `count` actions, all 0: reals for a Box, integers for the other kinds. */
export const createActions = (space: ActionSpace, count = 1): Float32Array | Int32Array =>
  new (space.kind === 'box' ? Float32Array : Int32Array)(count * actionSize(space));

/** How many numbers one action takes. */
export function actionSize(space: ActionSpace): number {
  switch (space.kind) {
    case 'discrete':
      return 1;
    case 'multiDiscrete':
      return space.nvec.length;
    case 'multiBinary':
      return space.n;
    case 'box':
      return sizeOf(space);
  }
}

/** One line for people: "2 discrete", "4 floats". */
export function describeSpace(space: ActionSpace | ObservationSpace): string {
  if (space.kind === 'discrete') return `${space.n} discrete${space.names ? `: ${space.names.join(', ')}` : ''}`;
  if (space.kind === 'multiDiscrete') return `${space.nvec.length} choices of ${space.nvec.join(', ')}`;
  if (space.kind === 'multiBinary') return `${space.n} switches`;
  const noun = space.dtype === 'uint8' ? 'byte' : 'float';
  const size = sizeOf(space);
  return `${space.shape.length > 1 ? space.shape.join(' × ') : size} ${noun}${size === 1 ? '' : 's'}`;
}
