import { checkPositive, ShapeError } from '@ganjs/errors';

/**
 * How far values lie from the wanted ones, as a fraction of their span:
 *
 *   (1/n) Σ_i |aᵢ - bᵢ| / range
 *
 * Of images and what a cycle of translations makes of them, it is the cycle error.
 *
 * @param a [n] values of any shape, such as a batch of images.
 * @param b [n] values of the same shape.
 * @param options.range the span of the values: 255 for bytes, 1 for [0, 1], 2 for [-1, 1].
 * @returns in [0, 1]; 0 for equal values.
 * @throws ShapeError when there are no values, or not as many of both.
 * @throws OptionError when the range is not positive.
 */
export function meanAbsoluteError(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  { range }: { readonly range: number },
): number {
  checkPositive('meanAbsoluteError', 'range', range);
  if (a.length !== b.length || a.length === 0) {
    throw new ShapeError(
      'meanAbsoluteError',
      `${a.length} and ${b.length} values`,
      'as many of both, and at least one',
      'Compare images of one shape.',
    );
  }
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs(a[i]! - b[i]!);
  return sum / a.length / range;
}
