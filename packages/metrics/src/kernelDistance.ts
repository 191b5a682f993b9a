import { OptionError } from '@ganjs/errors';
import { type Rows, requireSameWidth } from './rows.js';

/** Where {@link kernelDistance} takes its subsets from; a `Stream` of `@ganjs/random` is one. */
export interface Permutations {
  /** A random order of 0 … n-1. */
  permutation(n: number): ArrayLike<number>;
}

/**
 * The squared maximum mean discrepancy of two sets of equal size under k(x, y) = (⟨x, y⟩ / width + 1)³:
 *
 *   unbiased: (Σ_{i≠j} k(xᵢ, xⱼ) + Σ_{i≠j} k(yᵢ, yⱼ)) / (n(n-1)) - 2 Σ_{ij} k(xᵢ, yⱼ) / n²
 *   biased:   (Σ_{ij} k(xᵢ, xⱼ) + Σ_{ij} k(yᵢ, yⱼ) - 2 Σ_{ij} k(xᵢ, yⱼ)) / n²
 *
 * The unbiased estimate may be negative, and is of a set with itself.
 *
 * @param x features [samples, width], at least 2 samples.
 * @param y features [samples, width], as many.
 * @param options.estimator default `'unbiased'`.
 * @throws ShapeError when the widths differ.
 * @throws OptionError when the sets differ in size or hold one sample only.
 * @see Gretton et al., "A Kernel Two-Sample Test", 2012, lemma 6; Bińkowski et al., "Demystifying MMD
 *   GANs", 2018.
 */
export function polynomialMmd(x: Rows, y: Rows, options: { estimator?: 'unbiased' | 'biased' } = {}): number {
  requireSameWidth('polynomialMmd', x, y);
  if (x.samples !== y.samples || x.samples < 2) {
    throw new OptionError(
      'polynomialMmd',
      `${x.samples} and ${y.samples} samples`,
      'two sets of the same size, at least 2',
      'Use kernelDistance, which draws subsets of one size from sets of any.',
    );
  }
  const every = Int32Array.from({ length: x.samples }, (_, i) => i);
  return mmd(x, every, y, every, options.estimator ?? 'unbiased');
}

/**
 * The kernel distance: the mean of the unbiased {@link polynomialMmd} of random subsets.
 *
 * Unlike the Fréchet distance it does not depend on the number of samples, on average. On the pool3
 * features of the Inception network this is the KID; on any other features call it by their name.
 *
 * @param x features [samples, width] of the generated images.
 * @param y features [samples, width] of the real images; the counts may differ.
 * @param options.subsets how many subsets of each, default 100.
 * @param options.subsetSize samples in a subset, drawn without replacement; default 1,000.
 * @param options.random draws the subsets; for one seed the score is always the same.
 * @returns mean and population deviation over the subsets.
 * @throws ShapeError when the widths differ.
 * @throws OptionError when a subset would not fit in a set.
 * @see Bińkowski et al., "Demystifying MMD GANs", 2018, section 4.
 */
export function kernelDistance(
  x: Rows,
  y: Rows,
  options: { random: Permutations; subsets?: number; subsetSize?: number },
): { mean: number; deviation: number } {
  requireSameWidth('kernelDistance', x, y);
  const { random, subsets = 100, subsetSize = 1000 } = options;
  const available = Math.min(x.samples, y.samples);
  const fits = Number.isInteger(subsetSize) && subsetSize >= 2 && subsetSize <= available;
  if (!fits || !Number.isInteger(subsets) || subsets < 1) {
    throw new OptionError(
      'kernelDistance',
      `${subsets} subsets of ${subsetSize} out of ${available} samples`,
      'at least one subset of 2 to all samples',
      'Set subsetSize to at most the size of the smaller set, or make more samples.',
    );
  }
  const draw = (set: Rows) => Int32Array.from(random.permutation(set.samples)).subarray(0, subsetSize);
  const values = Array.from({ length: subsets }, () => mmd(x, draw(x), y, draw(y), 'unbiased'));
  const mean = values.reduce((sum, value) => sum + value, 0) / subsets;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / subsets;
  return { mean, deviation: Math.sqrt(variance) };
}

/** The discrepancy of the chosen rows of x and y. */
function mmd(x: Rows, xs: Int32Array, y: Rows, ys: Int32Array, estimator: 'unbiased' | 'biased'): number {
  const n = xs.length;
  const unbiased = estimator === 'unbiased';
  let within = 0;
  let between = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      between += kernel(x, xs[i]!, y, ys[j]!);
      if (j < i) within += 2 * (kernel(x, xs[i]!, x, xs[j]!) + kernel(y, ys[i]!, y, ys[j]!));
    }
    if (!unbiased) within += kernel(x, xs[i]!, x, xs[i]!) + kernel(y, ys[i]!, y, ys[i]!);
  }
  return within / (unbiased ? n * (n - 1) : n * n) - (2 * between) / (n * n);
}

function kernel(x: Rows, i: number, y: Rows, j: number): number {
  let product = 0;
  for (let k = 0; k < x.width; k++) product += x.data[i * x.width + k]! * y.data[j * y.width + k]!;
  return (product / x.width + 1) ** 3;
}
