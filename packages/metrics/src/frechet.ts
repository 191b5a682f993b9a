import { checkFinite, ShapeError } from '@ganjs/errors';
import { EigenvalueDecomposition, Matrix, SingularValueDecomposition } from 'ml-matrix';
import { type Gaussian, GaussianStatistics } from './gaussianStatistics.js';
import { type Rows, requireSameWidth } from './rows.js';

/**
 * The Fréchet (2-Wasserstein) distance between two normal distributions, squared:
 *
 *   d² = ‖μ₁ - μ₂‖² + tr S₁ + tr S₂ - 2 tr (S₁S₂)^½
 *
 * The eigenvalues of S₁S₂ are those of S₁^½ S₂ S₁^½ = FFᵀ with F = S₁^½ S₂^½ (any factors Sᵢ = RᵢRᵢᵀ serve:
 * F = R₁ᵀR₂), so the last trace is the sum of the singular values of F. Taking them from F and not from FFᵀ
 * avoids the square root of a rounding error, which costs half the digits where a covariance is singular,
 * that is with fewer samples than features. Nothing is added to the diagonals.
 *
 * @returns a number >= 0, but for rounding (of the order of 1e-14 of the traces).
 * @throws ShapeError when the two differ in dimension, or a covariance is not square.
 * @throws NonFiniteError when a mean or a covariance is.
 * @see Dowson and Landau, "The Fréchet distance between multivariate normal distributions", 1982;
 *   Heusel et al., "GANs Trained by a Two Time-Scale Update Rule", 2017, equation 6.
 */
export function frechetDistance(first: Gaussian, second: Gaussian): number {
  const width = first.mean.length;
  for (const { mean, covariance } of [first, second]) {
    if (mean.length !== width || covariance.length !== width * width) {
      throw new ShapeError(
        'frechetDistance',
        `a mean of ${mean.length} and a covariance of ${covariance.length} values`,
        `${width} and ${width * width}`,
        'Compare statistics of the same features; the covariance is flat, [width, width].',
      );
    }
    checkFinite('frechetDistance', 'a mean', mean);
    checkFinite('frechetDistance', 'a covariance', covariance);
  }
  let distance = 0;
  for (let i = 0; i < width; i++) {
    distance += (first.mean[i]! - second.mean[i]!) ** 2;
    distance += first.covariance[i * width + i]! + second.covariance[i * width + i]!;
  }
  return distance - 2 * traceOfRoot(first.covariance, second.covariance, width);
}

/**
 * The Fréchet distance between two sets of features; see {@link frechetDistance}.
 *
 * Biased upwards by about 1/samples: compare values of equal sample counts only. On the pool3 features of
 * the Inception network this is the FID; on any other features call it by their name.
 *
 * @param x features [samples, width] of the generated images, at least 2 samples.
 * @param y features [samples, width] of the real images, at least 2 samples.
 * @param options.covariance `'sample'` (n-1, the default) or `'population'` (n).
 * @throws ShapeError when the widths differ.
 */
export function frechetDistanceOfFeatures(
  x: Rows,
  y: Rows,
  options: { covariance?: 'sample' | 'population' } = {},
): number {
  requireSameWidth('frechetDistanceOfFeatures', x, y);
  const [first, second] = [x, y].map((set) => new GaussianStatistics(set.width).add(set).gaussian(options));
  return frechetDistance(first!, second!);
}

/** tr (S₁S₂)^½ as the sum of the singular values of R₁ᵀR₂. */
function traceOfRoot(s1: Float64Array, s2: Float64Array, width: number): number {
  const [r1, r2] = [factor(s1, width), factor(s2, width)];
  if (r1.columns === 0 || r2.columns === 0) return 0;
  const values = new SingularValueDecomposition(r1.transpose().mmul(r2), {
    computeLeftSingularVectors: false,
    computeRightSingularVectors: false,
    autoTranspose: true,
  }).diagonal;
  return values.reduce((sum, value) => sum + value, 0);
}

/** R = V Λ^½ with S = RRᵀ, [width, rank]: directions whose variance is rounding noise are left out. */
function factor(covariance: Float64Array, width: number): Matrix {
  const square = Matrix.from1DArray(width, width, covariance);
  const { realEigenvalues: variances, eigenvectorMatrix: vectors } = new EigenvalueDecomposition(square, {
    assumeSymmetric: true,
  });
  const floor = width * Number.EPSILON * Math.max(0, ...variances);
  const kept = variances.flatMap((variance, i) => (variance > floor ? [i] : []));
  const scales = kept.map((i) => Math.sqrt(variances[i]!));
  return vectors.subMatrixColumn(kept).mulRowVector(scales);
}
