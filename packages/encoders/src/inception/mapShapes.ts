import { ShapeError } from '@ganjs/errors';

/** The smallest side that leaves something of the deepest map. */
const SMALLEST = 128;

/** How many pixels a convolution or a pool without padding leaves of `side`: ⌊(side - kernel) / stride⌋ + 1. */
const valid = (side: number, kernel: number, stride: number) => Math.floor((side - kernel) / stride) + 1;

/** What each map is of the one before it, along one side. Convolutions with padding and of 1x1 keep the side. */
const MAPS = [
  { channels: 64, side: (image: number) => valid(valid(image, 3, 2), 3, 1) },
  { channels: 192, side: (before: number) => valid(valid(before, 3, 2), 3, 1) },
  { channels: 288, side: (before: number) => valid(before, 3, 2) },
  { channels: 768, side: (before: number) => valid(before, 3, 2) },
] as const;

/**
 * The shapes of the feature maps that `maps` of `inceptionV3` gives for images of one shape, by arithmetic: no network
 * is needed.
 *
 * @param image height, width and channels (1 or 3) of the images.
 * @returns [height, width, channels] of each map.
 * @throws ShapeError for images of other channels.
 */
export function inceptionMapShapes(image: {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}): readonly (readonly [height: number, width: number, channels: number])[] {
  checkImages([1, image.height, image.width, image.channels]);
  let [height, width]: [number, number] = enlarged(image.height, image.width);
  return MAPS.map(({ channels, side }) => {
    [height, width] = [side(height), side(width)];
    return [height, width, channels] as const;
  });
}

/** The sides of the images that the maps are made of: with a smaller side below 128, they are enlarged. */
export function enlarged(height: number, width: number): [height: number, width: number] {
  const scale = Math.max(1, SMALLEST / Math.min(height, width));
  return [Math.round(height * scale), Math.round(width * scale)];
}

/** @throws ShapeError unless the shape is that of images in gray or RGB. */
export function checkImages(shape: readonly number[]): void {
  if (shape.length === 4 && (shape[3] === 1 || shape[3] === 3)) return;
  throw new ShapeError(
    'inceptionV3',
    `images of shape [${shape}]`,
    '[n, height, width, 1 or 3]',
    'Lay images with transparency over a background first.',
  );
}
