import { VisualsError } from './errors.js';
import type { Pixels } from './pixels.js';

/** How to lay out a grid of images. */
export interface GridOptions {
  /** Images per row. Default: as many as make the grid square. */
  readonly columns?: number;
  /** Pixels between images and around them, before scaling. Default 2. */
  readonly padding?: number;
  /** The gray between images, 0 (black) to 255 (white, default). */
  readonly background?: number;
  /** How many times larger to draw each pixel: an integer >= 1. Default 1. */
  readonly scale?: number;
}

/**
 * One picture of many: row by row, from the top left.
 *
 * @param images at least one; all of one size and number of channels.
 * @returns `columns * (width + padding) + padding` pixels wide, times `scale`; the height likewise.
 * @throws VisualsError when there is no image, when they differ in shape, or when an option is out of range.
 */
export function imageGrid(images: readonly Pixels[], options: GridOptions = {}): Pixels {
  const { columns = Math.ceil(Math.sqrt(images.length)), padding = 2, background = 255, scale = 1 } = options;
  const first = images[0];
  if (!first) throw new VisualsError('number of images', 0, 'at least one', 'Pass images to draw.');
  atLeast('columns', columns, 1);
  atLeast('padding', padding, 0);
  atLeast('scale', scale, 1);
  const { width, height, channels } = first;
  for (const [k, image] of images.entries()) {
    if (image.width !== width || image.height !== height || image.channels !== channels) {
      throw new VisualsError(
        `image ${k}`,
        `${image.width} x ${image.height} x ${image.channels}`,
        `${width} x ${height} x ${channels}, as the first`,
        'Draw images of different shapes in grids of their own.',
      );
    }
  }

  const rows = Math.ceil(images.length / columns);
  const gridWidth = columns * (width + padding) + padding;
  const gridHeight = rows * (height + padding) + padding;
  const data = new Uint8Array(gridWidth * gridHeight * channels).fill(background);
  if (channels === 4) for (let i = 3; i < data.length; i += 4) data[i] = 255;
  for (const [k, image] of images.entries()) {
    const left = padding + (k % columns) * (width + padding);
    const top = padding + Math.floor(k / columns) * (height + padding);
    for (let y = 0; y < height; y++) {
      const row = image.data.subarray(y * width * channels, (y + 1) * width * channels);
      data.set(row, ((top + y) * gridWidth + left) * channels);
    }
  }
  return enlarge({ width: gridWidth, height: gridHeight, channels, data }, scale);
}

/** Each pixel as a square of `scale` by `scale`. */
function enlarge(image: Pixels, scale: number): Pixels {
  if (scale === 1) return image;
  const { channels, data } = image;
  const [width, height] = [image.width * scale, image.height * scale];
  const large = new Uint8Array(width * height * channels);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (Math.floor(y / scale) * image.width + Math.floor(x / scale)) * channels;
      const to = (y * width + x) * channels;
      for (let c = 0; c < channels; c++) large[to + c] = data[from + c]!;
    }
  }
  return { width, height, channels, data: large };
}

function atLeast(name: string, value: number, least: number): void {
  if (!Number.isInteger(value) || value < least) {
    throw new VisualsError(name, value, `an integer >= ${least}`, `Set ${name} to ${least} or more.`);
  }
}
