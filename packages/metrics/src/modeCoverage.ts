import { checkPositive, ShapeError } from '@ganjs/errors';
import type { Rows } from './rows.js';

/** Which modes of a known mixture a set of points found. */
export interface ModeCoverage {
  readonly samples: number;
  /** How many modes there are. */
  readonly modes: number;
  /** How many of them were found. */
  readonly found: number;
  /** [modes] The points nearest to each mode, within the radius. */
  readonly counts: readonly number[];
  /** The share of the points within the radius of a mode. */
  readonly near: number;
  /** The share of the points within three deviations of a mode. */
  readonly highQuality: number;
}

/**
 * Compares points with a mixture of equal, round Gaussians whose centres are known.
 *
 * Each point belongs to its nearest mode, if it lies within `radius` deviations of it. A mode is found when it has at
 * least `least` times the points that an even split of all would give it: with the defaults, 79 of 2,500 points for 8
 * modes, and 25 for 25. A quarter is what noise spread evenly over a square grid of 25 modes does not reach: it leaves
 * a fifth of an even split near each of them. Drawn from the mixture itself, 98.9% of all points are of high quality (1 - exp(-9/2) in the
 * plane). Compare only values of one number of points.
 *
 * @param points [samples, d], usually 2,500.
 * @param modes [modes, d] their centres.
 * @param deviation the standard deviation around a centre, the same in all directions.
 * @param options.radius in deviations; default 10.
 * @param options.least share of the even split, in (0, 1]; default 0.25.
 * @throws ShapeError when points and modes differ in dimension, or there is no mode.
 * @throws OptionError when a number is out of its range.
 * @see Metz et al., "Unrolled GANs", 2017, section 3.1, and Srivastava et al., "VEEGAN", 2017, section 5.1, for the
 *   mixtures and the three deviations.
 */
export function modeCoverage(
  points: Rows,
  modes: readonly (readonly number[])[],
  deviation: number,
  options: { radius?: number; least?: number } = {},
): ModeCoverage {
  const { radius = 10, least = 0.25 } = options;
  const { data, samples, width } = points;
  const other = modes.find((mode) => mode.length !== width);
  if (modes.length === 0 || other) {
    throw new ShapeError(
      'modeCoverage',
      `${modes.length} modes${other ? `, one of ${other.length} values,` : ''} for points of ${width} values`,
      `at least one mode, each of ${width} values`,
      'Pass the centres of the mixture that the points were learnt from.',
    );
  }
  checkPositive('modeCoverage', 'deviation', deviation);
  checkPositive('modeCoverage', 'radius', radius);
  checkPositive('modeCoverage', 'least', least, 1);

  const counts = new Array<number>(modes.length).fill(0);
  let good = 0;
  for (let i = 0; i < samples; i++) {
    let nearest = 0;
    let smallest = Number.POSITIVE_INFINITY;
    for (const [k, mode] of modes.entries()) {
      const distance = Math.hypot(...mode.map((centre, j) => data[i * width + j]! - centre));
      if (distance < smallest) [nearest, smallest] = [k, distance];
    }
    if (smallest <= radius * deviation) counts[nearest]!++;
    if (smallest <= 3 * deviation) good++;
  }
  const needed = (least * samples) / modes.length;
  return {
    ...{ samples, modes: modes.length, counts },
    found: counts.filter((count) => count > 0 && count >= needed).length,
    near: counts.reduce((sum, count) => sum + count, 0) / samples,
    highQuality: good / samples,
  };
}
