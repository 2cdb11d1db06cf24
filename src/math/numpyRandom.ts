/**
 * numpy's `Generator(PCG64(SeedSequence(seed)))`, bit for bit: the generator Gymnasium gives its environments, so that
 * `reset(seed)` here starts where it starts there.
 *
 * Seeding expands the seed into a pool of four 32-bit words by hashing (SeedSequence) and the pool into the generator's
 * state. The generator is PCG XSL-RR 128/64 (O'Neill 2014): a 128-bit linear congruential generator whose output folds
 * its two halves together and rotates them. The 128-bit numbers are four 32-bit words, least significant first; products
 * of words are added as doubles, which stays exact (a sum of seven 32-bit numbers and a carry).
 *
 * Seeding may allocate; draws do not.
 */

/** What environments draw from. Tests put a recording in its place. */
export interface RandomSource {
  /** Starts the stream of this seed. */
  seed(seed: number): void;
  /** Uniform in [0, 1). */
  random(): number;
  /** Uniform in [low, high), but for rounding. */
  uniform(low: number, high: number): number;
  /** One of the integers low … high − 1. */
  integers(low: number, high: number): number;
}

const TWO_32 = 2 ** 32;
const TWO_64 = 2 ** 64;

const POOL_WORDS = 4;
const INIT_A = 0x43b0d7e5;
const MULT_A = 0x931e8875;
const INIT_B = 0x8b51f9dd;
const MULT_B = 0x58f38ded;
const MIX_L = 0xca01f9dd;
const MIX_R = 0x4973f715;

/** The multiplier of the 128-bit step, 2360ed051fc65da44385df649fccf645, in words from the least significant. */
const [M0, M1, M2, M3] = [0x9fccf645, 0x4385df64, 0x1fc65da4, 0x2360ed05] as const;

/** The upper 32 bits of the 64-bit product of two 32-bit unsigned integers; `Math.imul` gives the lower ones. */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  return aHigh * bHigh + (middle >>> 16) + (((middle & 0xffff) + aLow * bHigh) >>> 16);
}

const multiplyLow = (a: number, b: number): number => Math.imul(a, b) >>> 0;

/** The 32-bit words of a non-negative integer, least significant first; 0 is one word. */
function wordsOf(integer: number | bigint): number[] {
  if (typeof integer === 'number' && !Number.isSafeInteger(integer)) {
    throw new RangeError(
      `A seed must be a non-negative integer, but it is ${integer}. Pass seeds above 2⁵³ as a bigint.`,
    );
  }
  if (integer < 0) throw new RangeError(`A seed must be a non-negative integer, but it is ${integer}.`);
  const words: number[] = [];
  let rest = BigInt(integer);
  do {
    words.push(Number(rest & 0xffffffffn));
    rest >>= 32n;
  } while (rest > 0n);
  return words;
}

/** The seed's words and, padded to a whole pool before them, those of the spawn key. */
function entropyOf(seed: number | bigint, spawnKey: readonly number[]): number[] {
  const words = wordsOf(seed);
  if (spawnKey.length === 0) return words;
  while (words.length < POOL_WORDS) words.push(0);
  return words.concat(spawnKey.flatMap(wordsOf));
}

/** SeedSequence's pool [4]: every word of entropy is hashed into every word of the pool. */
export function seedPool(seed: number | bigint, spawnKey: readonly number[] = []): Uint32Array {
  const entropy = entropyOf(seed, spawnKey);
  const pool = new Uint32Array(POOL_WORDS);
  let multiplier = INIT_A;
  const hash = (word: number): number => {
    const mixed = word ^ multiplier;
    multiplier = Math.imul(multiplier, MULT_A);
    const product = Math.imul(mixed, multiplier);
    return product ^ (product >>> 16);
  };
  const mixInto = (target: number, word: number): void => {
    const mixed = Math.imul(MIX_L, pool[target]!) - Math.imul(MIX_R, word);
    pool[target] = mixed ^ (mixed >>> 16);
  };
  for (let i = 0; i < POOL_WORDS; i++) pool[i] = hash(entropy[i] ?? 0);
  for (let source = 0; source < POOL_WORDS; source++) {
    for (let target = 0; target < POOL_WORDS; target++) {
      if (target !== source) mixInto(target, hash(pool[source]!));
    }
  }
  for (const word of entropy.slice(POOL_WORDS)) {
    for (let target = 0; target < POOL_WORDS; target++) mixInto(target, hash(word));
  }
  return pool;
}

/** SeedSequence's `generate_state`: the first `count` 32-bit words a pool gives. */
export function wordsFromPool(pool: Uint32Array, count: number): Uint32Array {
  const words = new Uint32Array(count);
  let multiplier = INIT_B;
  for (let i = 0; i < count; i++) {
    const mixed = pool[i % POOL_WORDS]! ^ multiplier;
    multiplier = Math.imul(multiplier, MULT_B);
    const product = Math.imul(mixed, multiplier);
    words[i] = product ^ (product >>> 16);
  }
  return words;
}

export class NumpyRandom implements RandomSource {
  /** 128 bits each, as four words from the least significant. */
  readonly state = new Uint32Array(4);
  readonly increment = new Uint32Array(4);
  /** The last 64-bit draw: lower half, upper half. */
  readonly halves = new Uint32Array(2);
  /** The upper half of a 64-bit draw whose lower half served a 32-bit draw, if `hasSpare`. */
  private readonly spare = new Uint32Array(1);
  private hasSpare = false;

  constructor(seed: number | bigint, spawnKey: readonly number[] = []) {
    this.seed(seed, spawnKey);
  }

  /**
   * Starts the stream that numpy starts for this seed.
   * @param spawnKey path of a child stream: different keys of one seed give independent streams
   */
  seed(seed: number | bigint, spawnKey: readonly number[] = []): void {
    const words = wordsFromPool(seedPool(seed, spawnKey), 8);
    // The words pair up to four 64-bit numbers, lower half first, of which the first is the UPPER half of the state.
    const initialState = [words[2]!, words[3]!, words[0]!, words[1]!];
    const sequence = [words[6]!, words[7]!, words[4]!, words[5]!];
    this.increment.forEach((_, i) => {
      const carried = i === 0 ? 1 : sequence[i - 1]! >>> 31;
      this.increment[i] = (sequence[i]! << 1) | carried;
    });
    this.state.fill(0);
    this.advance();
    let carry = 0;
    for (let i = 0; i < 4; i++) {
      const sum = this.state[i]! + initialState[i]! + carry;
      this.state[i] = sum;
      carry = sum >= TWO_32 ? 1 : 0;
    }
    this.advance();
    this.hasSpare = false;
  }

  /** state = state · M + increment, modulo 2¹²⁸. */
  private advance(): void {
    const { state, increment } = this;
    const s0 = state[0]!;
    const s1 = state[1]!;
    const s2 = state[2]!;
    const s3 = state[3]!;
    const word0 = multiplyLow(s0, M0) + increment[0]!;
    const word1 =
      multiplyHigh(s0, M0) + multiplyLow(s0, M1) + multiplyLow(s1, M0) + increment[1]! + Math.floor(word0 / TWO_32);
    const word2 =
      multiplyHigh(s0, M1) +
      multiplyHigh(s1, M0) +
      multiplyLow(s0, M2) +
      multiplyLow(s1, M1) +
      multiplyLow(s2, M0) +
      increment[2]! +
      Math.floor(word1 / TWO_32);
    const word3 =
      multiplyHigh(s0, M2) +
      multiplyHigh(s1, M1) +
      multiplyHigh(s2, M0) +
      multiplyLow(s0, M3) +
      multiplyLow(s1, M2) +
      multiplyLow(s2, M1) +
      multiplyLow(s3, M0) +
      increment[3]! +
      Math.floor(word2 / TWO_32);
    state[0] = word0;
    state[1] = word1;
    state[2] = word2;
    state[3] = word3;
  }

  /** Draws 64 bits into `halves`. */
  nextUint64(): void {
    this.advance();
    const { state, halves } = this;
    const rotation = state[3]! >>> 26;
    const lower = state[0]! ^ state[2]!;
    const upper = state[1]! ^ state[3]!;
    const shift = rotation & 31;
    // A rotation by 32 or more swaps the halves; JavaScript takes shifts modulo 32, so a shift of 0 is a case of its own.
    const first = rotation < 32 ? lower : upper;
    const second = rotation < 32 ? upper : lower;
    halves[0] = shift === 0 ? first : (first >>> shift) | (second << (32 - shift));
    halves[1] = shift === 0 ? second : (second >>> shift) | (first << (32 - shift));
  }

  /** Draws 32 bits: the spare half of an earlier draw, or the lower half of a new one. */
  nextUint32(): number {
    if (this.hasSpare) {
      this.hasSpare = false;
      return this.spare[0]!;
    }
    this.nextUint64();
    this.spare[0] = this.halves[1]!;
    this.hasSpare = true;
    return this.halves[0]!;
  }

  random(): number {
    this.nextUint64();
    return (this.halves[1]! * 2 ** 21 + (this.halves[0]! >>> 11)) * 2 ** -53;
  }

  /** The result may equal `high` through rounding, as numpy's may. */
  uniform(low: number, high: number): number {
    return low + (high - low) * this.random();
  }

  /** One of the integers low … high − 1; exact while the result is below 2⁵³. */
  integers(low: number, high: number): number {
    const count = high - low;
    if (count === 1) return low;
    if (!(count > 1 && count < TWO_64)) throw new RangeError(`There is no integer to draw from ${low} up to ${high}.`);
    if (count === TWO_32) return low + this.nextUint32();
    return low + (count < TWO_32 ? this.below32(count) : this.below64(count));
  }

  /** Lemire 2019: the upper half of draw · count, with the draws rejected that would make some results likelier. */
  private below32(count: number): number {
    let draw = this.nextUint32();
    let fraction = multiplyLow(draw, count);
    if (fraction < count) {
      const threshold = (TWO_32 - count) % count;
      while (fraction < threshold) {
        draw = this.nextUint32();
        fraction = multiplyLow(draw, count);
      }
    }
    return multiplyHigh(draw, count);
  }

  /** The same with 64-bit draws; leaves the two words of the result in `halves`. */
  private below64(count: number): number {
    const n0 = count >>> 0;
    const n1 = Math.floor(count / TWO_32);
    let threshold0 = -1;
    let threshold1 = -1;
    for (;;) {
      this.nextUint64();
      const x0 = this.halves[0]!;
      const x1 = this.halves[1]!;
      const word1 = multiplyHigh(x0, n0) + multiplyLow(x0, n1) + multiplyLow(x1, n0);
      const word2 = multiplyHigh(x0, n1) + multiplyHigh(x1, n0) + multiplyLow(x1, n1) + Math.floor(word1 / TWO_32);
      this.halves[0] = word2;
      this.halves[1] = multiplyHigh(x1, n1) + Math.floor(word2 / TWO_32);
      const fraction0 = multiplyLow(x0, n0);
      const fraction1 = word1 >>> 0;
      if (!isBelow(fraction1, fraction0, n1, n0)) break;
      if (threshold1 < 0) {
        // 2⁶⁴ mod count, by doubling 1 sixty-four times.
        threshold0 = 1;
        threshold1 = 0;
        for (let i = 0; i < 64; i++) {
          threshold1 = threshold1 * 2 + (threshold0 >>> 31);
          threshold0 = (threshold0 * 2) >>> 0;
          if (!isBelow(threshold1, threshold0, n1, n0)) {
            threshold1 -= n1 + (threshold0 < n0 ? 1 : 0);
            threshold0 = (threshold0 - n0) >>> 0;
          }
        }
      }
      if (!isBelow(fraction1, fraction0, threshold1, threshold0)) break;
    }
    return this.halves[1]! * TWO_32 + this.halves[0]!;
  }
}

/** Whether one two-word number is less than another. */
const isBelow = (upper: number, lower: number, otherUpper: number, otherLower: number): boolean =>
  upper < otherUpper || (upper === otherUpper && lower < otherLower);
