/**
 * Counter-based random numbers: Threefry-2x32 with 20 rounds (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3",
 * SC 2011). A stream is named by (seed, purpose, actor, env), so any worker can have its own without asking another, and
 * the numbers do not depend on who drew first.
 */

/** What a stream is for. Two purposes never share numbers. */
export const purposes = {
  initialisation: 1,
  envSeed: 2,
  actionNoise: 3,
  evaluationNoise: 4,
  bootstrap: 5,
  measurement: 6,
  distillation: 7,
  minibatches: 8,
} as const;

export type Purpose = keyof typeof purposes;

const parity = 0x1bd11bda;

/**
 * One block: two words of key and two of counter give two words, written into `out`. All are unsigned 32-bit. The twenty rounds are
 * five groups of four, with two sets of rotations in turn, each group followed by two of the three words of key.
 */
export function threefry2x32(key0: number, key1: number, counter0: number, counter1: number, out: Uint32Array): void {
  const key2 = parity ^ key0 ^ key1;
  let x0 = (counter0 + key0) | 0;
  let x1 = (counter1 + key1) | 0;
  let [first, second, third] = [key1, key2, key0];
  for (let group = 1; group <= 5; group++) {
    if (group % 2 === 1) {
      x0 = (x0 + x1) | 0;
      x1 = ((x1 << 13) | (x1 >>> 19)) ^ x0;
      x0 = (x0 + x1) | 0;
      x1 = ((x1 << 15) | (x1 >>> 17)) ^ x0;
      x0 = (x0 + x1) | 0;
      x1 = ((x1 << 26) | (x1 >>> 6)) ^ x0;
      x0 = (x0 + x1) | 0;
      x1 = ((x1 << 6) | (x1 >>> 26)) ^ x0;
    } else {
      x0 = (x0 + x1) | 0;
      x1 = ((x1 << 17) | (x1 >>> 15)) ^ x0;
      x0 = (x0 + x1) | 0;
      x1 = ((x1 << 29) | (x1 >>> 3)) ^ x0;
      x0 = (x0 + x1) | 0;
      x1 = ((x1 << 16) | (x1 >>> 16)) ^ x0;
      x0 = (x0 + x1) | 0;
      x1 = ((x1 << 24) | (x1 >>> 8)) ^ x0;
    }
    x0 = (x0 + first) | 0;
    x1 = (x1 + second + group) | 0;
    const used = first;
    first = second;
    second = third;
    third = used;
  }
  out[0] = x0;
  out[1] = x1;
}

export class RandomStream {
  readonly #key0: number;
  readonly #key1: number;
  readonly #block = new Uint32Array(2);
  #counter = 0;
  #spare = false;

  constructor(seed: number, purpose: Purpose, actor = 0, env = 0) {
    threefry2x32(seed | 0, purposes[purpose], actor, env, this.#block);
    this.#key0 = this.#block[0]!;
    this.#key1 = this.#block[1]!;
  }

  /** Where the stream stands: what must be kept to go on from here. */
  get position(): number {
    return this.#counter * 2 - (this.#spare ? 1 : 0);
  }

  /** Moves the stream to a position, forwards or back, in constant time. */
  seek(position: number): void {
    this.#counter = Math.floor(position / 2);
    this.#spare = false;
    if (position % 2 === 1) this.uint32();
  }

  /** A whole number in 0 … 2³² − 1. */
  uint32(): number {
    if (this.#spare) {
      this.#spare = false;
      return this.#block[1]!;
    }
    const high = Math.floor(this.#counter / 4294967296);
    threefry2x32(this.#key0, this.#key1, this.#counter | 0, high, this.#block);
    this.#counter += 1;
    this.#spare = true;
    return this.#block[0]!;
  }

  /** A number in [0, 1), with 32 random bits. */
  uniform(): number {
    return this.uint32() / 4294967296;
  }

  /** A whole number in 0 … n − 1; the bias of at most n / 2³² is of no consequence here. */
  below(n: number): number {
    return Math.floor(this.uniform() * n);
  }

  /** A standard normal number (Box and Muller, one of the pair). */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }
}
