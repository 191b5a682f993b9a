import { VisualsError } from './errors.js';
import type { Pixels } from './pixels.js';

/** A cloud of points in the plane, and its colour. */
export interface PointCloud {
  /** x and y in turn: [points, 2], row-major. */
  readonly points: ArrayLike<number>;
  /** Red, green and blue, 0 to 255. */
  readonly colour: readonly [red: number, green: number, blue: number];
}

/** Options of {@link pointImage}. */
export interface PointImageOptions {
  /** Both axes go from `-range` to `range`, y upwards. Default 1.1, which leaves a margin around [-1, 1]. */
  readonly range?: number;
  /** Pixels of each side. Default 480. */
  readonly side?: number;
}

/** How much of what lies under a point it covers. */
const OPACITY = 0.6;

/**
 * Points in the plane as pixels on white, later clouds on top: what a chart would show, without axes, drawn in no time;
 * for animations, and where no SVG can be made to pixels. What lies outside of the range is left out.
 *
 * @returns RGB, `side` by `side`.
 * @throws VisualsError when range or side are not above 0.
 */
export function pointImage(
  clouds: readonly PointCloud[],
  { range = 1.1, side = 480 }: PointImageOptions = {},
): Pixels {
  if (!(range > 0)) throw new VisualsError('range', range, 'a number above 0', 'Leave it out for 1.1.');
  if (!(side >= 1)) throw new VisualsError('side', side, 'at least 1 pixel', 'Leave it out for 480.');
  const data = new Uint8Array(side * side * 3).fill(255);
  const place = (value: number) => Math.floor(((value + range) / (2 * range)) * side);
  for (const { points, colour } of clouds) {
    for (let i = 0; i + 1 < points.length; i += 2) {
      const column = place(points[i]!);
      const row = side - 1 - place(points[i + 1]!);
      for (let y = Math.max(0, row - 1); y <= Math.min(side - 1, row + 1); y++) {
        for (let x = Math.max(0, column - 1); x <= Math.min(side - 1, column + 1); x++) {
          const at = (y * side + x) * 3;
          for (const [c, value] of colour.entries()) {
            data[at + c] = Math.round(OPACITY * value + (1 - OPACITY) * data[at + c]!);
          }
        }
      }
    }
  }
  return { width: side, height: side, channels: 3, data };
}
