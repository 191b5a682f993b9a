import type { Images } from '@ganjs/trainer';
import { imageGrid, type Pixels, pointImage, toPixels } from '@ganjs/visuals';

/** Small images are enlarged to about this many pixels. */
const VISIBLE = 64;

const REAL = [0, 114, 178] as const;
const GENERATED = [213, 94, 0] as const;

/** Images as one picture, row by row. */
export function grid({ data, shape }: Images, columns: number): Pixels {
  return imageGrid(toPixels(data, shape), { columns, scale: scaleFor(shape) });
}

/**
 * A strip for each row: image `i` of every part side by side, such as source, output and target. All are brought to the
 * size of the last part, by nearest neighbours.
 */
export function strips(parts: readonly Images[], columns: number): Pixels {
  const last = parts.at(-1)!.shape;
  const channels = Math.max(...parts.map(({ shape }) => shape[3])) as Pixels['channels'];
  const images = parts.map(({ data, shape }) =>
    toPixels(data, shape).map((image) => resized(image, { height: last[1], width: last[2], channels })),
  );
  const rows = images[0]!.map((_, i) =>
    imageGrid(
      images.map((part) => part[i]!),
      { columns: parts.length, padding: 0 },
    ),
  );
  return imageGrid(rows, { columns, padding: 4, scale: scaleFor(last) });
}

/** Generated points on top of real ones; both are images of one pixel of two channels. */
export function scatter(real: Images, generated: Images): Pixels {
  return pointImage([
    { points: real.data, colour: REAL },
    { points: generated.data, colour: GENERATED },
  ]);
}

function scaleFor([, height, width]: Images['shape']): number {
  return Math.max(1, Math.floor(VISIBLE / Math.max(height, width)));
}

/** An image in another size and number of channels: by nearest neighbours; gray becomes RGB, and opaque. */
function resized(
  image: Pixels,
  { height, width, channels }: Pick<Pixels, 'height' | 'width' | 'channels'>,
): Pixels {
  const data = new Uint8Array(height * width * channels).fill(255);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const row = Math.floor(((y + 0.5) * image.height) / height);
      const column = Math.floor(((x + 0.5) * image.width) / width);
      const from = (row * image.width + column) * image.channels;
      const to = (y * width + x) * channels;
      for (let c = 0; c < channels && !(c === 3 && image.channels < 4); c++) {
        data[to + c] = image.data[from + (image.channels === 1 ? 0 : c)]!;
      }
    }
  }
  return { height, width, channels, data };
}
