import { checkWhole, OptionError, ShapeError } from '@ganjs/errors';
import type { Rows } from './rows.js';

/** A multivariate normal distribution. */
export interface Gaussian {
  /** [width] */
  readonly mean: Float64Array;
  /** [width, width], row after row; symmetric. */
  readonly covariance: Float64Array;
}

/**
 * Mean and covariance of rows that arrive batch by batch, in float64.
 *
 * Each batch is centred on its own mean and merged by the pairwise update of Chan, Golub and LeVeque
 * (1979): M = M₁ + M₂ + δδᵀ·n₁n₂/(n₁+n₂), δ = mean₂ - mean₁. So neither a large mean nor many batches cost
 * precision, and the batch size does not matter beyond rounding.
 *
 * @example
 * const statistics = new GaussianStatistics(64);
 * for (const batch of batches) statistics.add(rows(batch, 64));
 * frechetDistance(statistics.gaussian(), reference);
 */
export class GaussianStatistics {
  /** Numbers in a row. */
  readonly width: number;
  readonly #mean: Float64Array;
  /** Sum of outer products of the centred rows; only its upper triangle is kept. */
  readonly #scatter: Float64Array;
  #samples = 0;

  /**
   * @param width numbers in a row, at least 1.
   * @throws OptionError when the width is not a positive integer.
   */
  constructor(width: number) {
    checkWhole('new GaussianStatistics(width)', 'width', width, 1);
    this.width = width;
    this.#mean = new Float64Array(width);
    this.#scatter = new Float64Array(width * width);
  }

  /** How many rows were added. */
  get samples(): number {
    return this.#samples;
  }

  /**
   * Adds a batch.
   *
   * @param batch [samples, width]
   * @returns this accumulator
   * @throws ShapeError when the rows have another width.
   */
  add(batch: Rows): this {
    if (batch.width !== this.width) {
      throw new ShapeError(
        'GaussianStatistics.add',
        `rows of ${batch.width} values`,
        `rows of ${this.width}`,
        'One accumulator takes the features of one layer.',
      );
    }
    const { width } = this;
    const { data, samples } = batch;
    const mean = new Float64Array(width);
    for (let i = 0; i < samples; i++) {
      for (let j = 0; j < width; j++) mean[j]! += data[i * width + j]! / samples;
    }

    const centred = new Float64Array(width);
    for (let i = 0; i < samples; i++) {
      for (let j = 0; j < width; j++) centred[j] = data[i * width + j]! - mean[j]!;
      this.#addOuterProduct(centred, 1);
    }

    const total = this.#samples + samples;
    const shift = mean.map((m, j) => m - this.#mean[j]!);
    this.#addOuterProduct(shift, (this.#samples * samples) / total);
    for (let j = 0; j < width; j++) this.#mean[j]! += (shift[j]! * samples) / total;
    this.#samples = total;
    return this;
  }

  /**
   * The distribution of the rows so far.
   *
   * @param options.covariance `'sample'` divides by n-1 (numpy's default; TTUR, pytorch-fid, clean-fid),
   *   `'population'` by n (StyleGAN2-ADA and later). Default `'sample'`.
   * @throws OptionError when fewer than two rows were added.
   */
  gaussian(options: { covariance?: 'sample' | 'population' } = {}): Gaussian {
    if (this.#samples < 2) {
      throw new OptionError(
        'GaussianStatistics.gaussian()',
        `${this.#samples} rows`,
        'at least 2',
        'A covariance needs more than one sample; a useful one needs many more than features.',
      );
    }
    const { width } = this;
    const divisor = options.covariance === 'population' ? this.#samples : this.#samples - 1;
    const covariance = new Float64Array(width * width);
    for (let i = 0; i < width; i++) {
      for (let j = i; j < width; j++) {
        covariance[i * width + j] = this.#scatter[i * width + j]! / divisor;
        covariance[j * width + i] = covariance[i * width + j]!;
      }
    }
    return { mean: this.#mean.slice(), covariance };
  }

  #addOuterProduct(v: Float64Array, weight: number): void {
    const { width } = this;
    for (let i = 0; i < width; i++) {
      const scaled = weight * v[i]!;
      if (scaled === 0) continue;
      for (let j = i; j < width; j++) this.#scatter[i * width + j]! += scaled * v[j]!;
    }
  }
}
