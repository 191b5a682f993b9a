import { VisualsError } from './errors.js';

/** One image of bytes. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** 1 gray, 3 RGB, 4 RGBA. */
  readonly channels: 1 | 3 | 4;
  /** uint8 [height, width, channels], row-major. */
  readonly data: Uint8Array;
}

/** `[batch, height, width, channels]`, as `tensor.shape` of a batch of images gives it. */
export type BatchShape = readonly [batch: number, height: number, width: number, channels: number];

/**
 * Float images as bytes: round(127.5 (v + 1)), clamped to 0 … 255. What is not a number becomes 0.
 *
 * @param values float32 [batch, height, width, channels] in [-1, 1], row-major.
 * @param shape of `values`; 1, 3 or 4 channels.
 * @returns one image per batch entry.
 * @throws VisualsError when the length or the number of channels does not fit.
 *
 * @example
 * const images = toPixels(await batch.data(), batch.shape);
 */
export function toPixels(values: ArrayLike<number>, shape: BatchShape): Pixels[] {
  const [batch, height, width, channels] = shape;
  if (channels !== 1 && channels !== 3 && channels !== 4) {
    throw new VisualsError(
      'number of channels',
      channels,
      '1 (gray), 3 (RGB) or 4 (RGBA)',
      'Draw other data with a chart.',
    );
  }
  const size = height * width * channels;
  if (values.length !== batch * size) {
    const expected = `${batch * size} for the shape ${shape.join(' x ')}`;
    throw new VisualsError('number of values', values.length, expected, 'Pass the shape of the values.');
  }
  return Array.from({ length: batch }, (_, k) => {
    const bytes = new Uint8ClampedArray(size);
    for (let i = 0; i < size; i++) bytes[i] = (values[k * size + i]! + 1) * 127.5;
    return { width, height, channels, data: new Uint8Array(bytes.buffer) };
  });
}

/** The image as RGBA bytes [height, width, 4]; what is transparent shows white. */
export function toOpaqueRgba({ width, height, channels, data }: Pixels): Uint8Array {
  const rgba = new Uint8Array(width * height * 4).fill(255);
  for (let i = 0; i < width * height; i++) {
    const alpha = channels === 4 ? data[i * 4 + 3]! / 255 : 1;
    for (let c = 0; c < 3; c++) {
      const value = data[i * channels + (channels === 1 ? 0 : c)]!;
      rgba[i * 4 + c] = Math.round(alpha * value + (1 - alpha) * 255);
    }
  }
  return rgba;
}
