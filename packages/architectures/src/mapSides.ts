import type { ImageShape } from '@ganjs/datasets';
import * as tf from '@tensorflow/tfjs';
import { ArchitectureError } from './errors.js';

/** The sides of a feature map. */
export type Sides = readonly [height: number, width: number];

/** How often, and down to what, a map may be halved. */
export interface MapSidesOptions {
  /** How often sides are halved; the key is there where users can choose. */
  readonly stages?: number | undefined;
  /** Default 4. */
  readonly smallest?: number;
}

/**
 * The sides of the feature maps of a network that halves images, from the image's own to the smallest.
 *
 * Without `stages`, both sides are halved while they are even and larger than `smallest`: 64 → 32 → 16 → 8 → 4,
 * 28 → 14 → 7, 100 → 50 → 25. With `stages`, they are halved so many times, odd ones upwards: 28 → 14 → 7 → 4
 * for 3. Convolutions of stride 2 with same padding halve like that; on the way back a doubled map is cropped.
 *
 * @throws ArchitectureError when there is nothing to halve, or `stages` would halve a side of 1.
 */
export function mapSides(builder: string, image: ImageShape, options: MapSidesOptions = {}): Sides[] {
  const { height, width } = image;
  const { stages, smallest = 4 } = options;
  const most = Math.ceil(Math.log2(Math.min(height, width)));
  const problem = (came: string, fix: string) =>
    new ArchitectureError(`@ganjs/architectures: ${builder}: ${came}; ${fix}`);
  for (const [name, side] of Object.entries({ height, width })) {
    if (!Number.isInteger(side) || side < 1)
      throw problem(`image.${name} is ${side}`, 'a side is a whole number of pixels');
  }
  if (most < 1) {
    throw problem(
      `image is ${height}x${width}, which cannot be halved`,
      'use the dense networks (mlpGenerator, mlpDiscriminator) for points',
    );
  }
  if (stages !== undefined && !(Number.isInteger(stages) && stages >= 1 && stages <= most)) {
    throw problem(`stages is ${stages}`, `an image of ${height}x${width} can be halved 1 to ${most} times`);
  }

  const sides: Sides[] = [[height, width]];
  const halvable = ([h, w]: Sides) => [h, w].every((side) => side % 2 === 0 && side > smallest);
  while (stages === undefined ? halvable(sides.at(-1)!) : sides.length <= stages) {
    const [h, w] = sides.at(-1)!;
    sides.push([Math.ceil(h / 2), Math.ceil(w / 2)]);
  }
  if (sides.length === 1) {
    const [name, side] = height % 2 !== 0 || height <= smallest ? ['height', height] : ['width', width];
    const choice = 'stages' in options ? `, or give stages, 1 to ${most}, to halve odd sides upwards` : '';
    throw problem(
      `image.${name} is ${side}, expected an even side larger than ${smallest}`,
      `resize the images: 28, 32 and 64 serve well${choice}`,
    );
  }
  return sides;
}

/** A doubled map without its last row or column, where it is one larger than the sides that are wanted. */
export function cropped(x: tf.SymbolicTensor, name: string, [height, width]: Sides): tf.SymbolicTensor {
  const [bottom, right] = [x.shape[1]! - height, x.shape[2]! - width];
  if (bottom === 0 && right === 0) return x;
  const cropping: [[number, number], [number, number]] = [
    [0, bottom],
    [0, right],
  ];
  return tf.layers.cropping2D({ name, cropping }).apply(x) as tf.SymbolicTensor;
}
