import { OptionError } from '@ganjs/errors';
import { type Rows, requireSameWidth } from './rows.js';

/**
 * Improved precision and recall: each set is described by the balls around its samples that reach to their
 * k-th nearest neighbour (distance <= radius counts).
 *
 *   precision: the share of the generated samples inside at least one real ball (fidelity)
 *   recall:    the share of the real samples inside at least one generated ball (diversity)
 *
 * Distances are float64 and Euclidean; the work is quadratic in the samples.
 *
 * @param real features [samples, width], more than k samples.
 * @param generated features [samples, width], more than k samples.
 * @param options.k default 3.
 * @throws ShapeError when the widths differ.
 * @throws OptionError when k is not an integer between 1 and the samples of the smaller set - 1.
 * @see Kynkäänniemi et al., "Improved Precision and Recall Metric for Assessing Generative Models", 2019.
 */
export function precisionRecall(
  real: Rows,
  generated: Rows,
  options: { k?: number } = {},
): { precision: number; recall: number } {
  const { k = 3 } = options;
  requireSameWidth('precisionRecall', real, generated);
  const realRadii = radii('precisionRecall', real, k);
  const generatedRadii = radii('precisionRecall', generated, k);
  const precise = new Uint8Array(generated.samples);
  const recalled = new Uint8Array(real.samples);
  for (let i = 0; i < real.samples; i++) {
    for (let j = 0; j < generated.samples; j++) {
      const d = squaredDistance(real, i, generated, j);
      if (d <= realRadii[i]!) precise[j] = 1;
      if (d <= generatedRadii[j]!) recalled[i] = 1;
    }
  }
  return { precision: mean(precise), recall: mean(recalled) };
}

/**
 * Density and coverage, which one outlier among the real samples does not spoil (distance < radius counts):
 *
 *   density:  the mean number of real balls that a generated sample lies in, divided by k; may exceed 1
 *   coverage: the share of the real balls that hold at least one generated sample
 *
 * @param real features [samples, width], more than k samples.
 * @param generated features [samples, width], at least one sample.
 * @param options.k default 5.
 * @throws ShapeError when the widths differ.
 * @throws OptionError when k is not an integer between 1 and the number of real samples - 1.
 * @see Naeem et al., "Reliable Fidelity and Diversity Metrics for Generative Models", 2020.
 */
export function densityCoverage(
  real: Rows,
  generated: Rows,
  options: { k?: number } = {},
): { density: number; coverage: number } {
  const { k = 5 } = options;
  requireSameWidth('densityCoverage', real, generated);
  const realRadii = radii('densityCoverage', real, k);
  const covered = new Uint8Array(real.samples);
  let memberships = 0;
  for (let i = 0; i < real.samples; i++) {
    for (let j = 0; j < generated.samples; j++) {
      if (squaredDistance(real, i, generated, j) < realRadii[i]!) {
        memberships++;
        covered[i] = 1;
      }
    }
  }
  return { density: memberships / (k * generated.samples), coverage: mean(covered) };
}

/** [samples] The squared distance of each row to its k-th nearest other row. */
function radii(where: string, set: Rows, k: number): Float64Array {
  if (!Number.isInteger(k) || k < 1 || k >= set.samples) {
    throw new OptionError(
      where,
      `k = ${k} with ${set.samples} samples`,
      'an integer k of at least 1 and fewer than the samples',
      'Use a smaller k or more samples.',
    );
  }
  return Float64Array.from({ length: set.samples }, (_, i) => {
    const distances = Float64Array.from({ length: set.samples }, (_, j) => squaredDistance(set, i, set, j));
    distances[i] = Number.POSITIVE_INFINITY;
    return distances.sort()[k - 1]!;
  });
}

function squaredDistance(x: Rows, i: number, y: Rows, j: number): number {
  let sum = 0;
  for (let k = 0; k < x.width; k++) sum += (x.data[i * x.width + k]! - y.data[j * y.width + k]!) ** 2;
  return sum;
}

function mean(flags: Uint8Array): number {
  return flags.reduce((sum, flag) => sum + flag, 0) / flags.length;
}
