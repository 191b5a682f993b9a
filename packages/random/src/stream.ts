import { checkOption, checkWhole } from '@ganjs/errors';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';

/** One step of a stream's name: `stream(seed, 'noise', step)`. */
export type Name = string | number;

/**
 * A named stream of random numbers.
 *
 * The numbers are a pure function of the path (seed and names), whatever else was drawn before, so a run
 * that is resumed at step 900, or spread over several processes, draws what the uninterrupted one would.
 * Successive draws from one stream continue it.
 *
 * The generator is xoroshiro128+ (Blackman and Vigna, 2018); its 128-bit state is the head of the SHA-256
 * of the path, so no two paths share a sequence in practice.
 */
export class Stream {
  readonly #path: string;
  readonly #generator: RandomGenerator;

  constructor(path: readonly Name[]) {
    this.#path = JSON.stringify(path);
    const digest = sha256(utf8ToBytes(this.#path));
    const words = new DataView(digest.buffer, digest.byteOffset, 16);
    this.#generator = xoroshiro128plusFromState([0, 4, 8, 12].map((offset) => words.getInt32(offset, true)));
  }

  /** The stream named by this one's path and `names`; independent of what was drawn from this one. */
  fold(...names: Name[]): Stream {
    return new Stream([...(JSON.parse(this.#path) as Name[]), ...names]);
  }

  /** A uniform integer in [0, 2^32). */
  uint32(): number {
    return this.#generator.next() >>> 0;
  }

  /** A seed for code that wants one number: a uniform integer in [1, 2^31). */
  seed(): number {
    return (this.uint32() >>> 1) | 1;
  }

  /** `n` numbers, uniform in [low, high), with 24 random bits each. */
  uniform(n: number, low = 0, high = 1): Float32Array {
    const values = new Float32Array(n);
    const scale = (high - low) / 2 ** 24;
    for (let i = 0; i < n; i++) values[i] = low + (this.#generator.next() >>> 8) * scale;
    return values;
  }

  /** `n` numbers from the normal distribution N(mean, deviation²), by Box and Muller (1958). */
  normal(n: number, mean = 0, deviation = 1): Float32Array {
    const values = new Float32Array(n);
    for (let i = 0; i < n; i += 2) {
      // (k + 1) / 2^32 lies in (0, 1], so the logarithm is finite.
      const radius = deviation * Math.sqrt(-2 * Math.log((this.uint32() + 1) / 2 ** 32));
      const angle = (2 * Math.PI * this.uint32()) / 2 ** 32;
      values[i] = mean + radius * Math.cos(angle);
      if (i + 1 < n) values[i + 1] = mean + radius * Math.sin(angle);
    }
    return values;
  }

  /** `n` integers, uniform in [0, below). Throws an OptionError unless 1 <= below <= 2^31. */
  integers(n: number, below: number): Int32Array {
    checkWhole('integers', 'below', below, 1);
    checkOption('integers', 'below', below, 1, 2 ** 31);
    const values = new Int32Array(n);
    for (let i = 0; i < n; i++) values[i] = this.#below(below);
    return values;
  }

  /**
   * A mask of `n` values: `value` with the given probability, 0 otherwise. The probability is rounded to a
   * multiple of 2^-16, which buys two values per draw: dropout asks for millions of them.
   */
  mask(n: number, probability: number, value = 1): Float32Array {
    const values = new Float32Array(n);
    const threshold = Math.round(probability * 2 ** 16);
    // Looked up by the sign of a difference: a branch that nobody can predict would take twice the time.
    const choice = Float32Array.of(0, value);
    for (let i = 0; i < n; i += 2) {
      const bits = this.#generator.next();
      values[i] = choice[((bits >>> 16) - threshold) >>> 31]!;
      if (i + 1 < n) values[i + 1] = choice[((bits & 0xffff) - threshold) >>> 31]!;
    }
    return values;
  }

  /** A random order of 0 … n-1 (Fisher and Yates). */
  permutation(n: number): Int32Array {
    const order = Int32Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) {
      const j = this.#below(i + 1);
      const swapped = order[i]!;
      order[i] = order[j]!;
      order[j] = swapped;
    }
    return order;
  }

  /** A uniform integer in [0, n) without modulo bias: draws at or above the largest multiple of n are redrawn. */
  #below(n: number): number {
    const limit = 2 ** 32 - (2 ** 32 % n);
    let draw = this.uint32();
    while (draw >= limit) draw = this.uint32();
    return draw % n;
  }
}

/** The stream of the given seed and names: `stream(7, 'noise', step)`. */
export function stream(seed: number, ...names: Name[]): Stream {
  return new Stream([seed, ...names]);
}
