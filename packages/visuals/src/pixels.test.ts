import { describe, expect, it } from 'vitest';
import { type BatchShape, toPixels, VisualsError } from './index.js';
import { toOpaqueRgba } from './pixels.js';

describe('toPixels', () => {
  it('cuts a batch into images of bytes', () => {
    const values = Float32Array.of(-1, 0.2, 1, -0.6, 2, -7, Number.NaN, 0);
    const images = toPixels(values, [2, 2, 2, 1]);
    expect(images.map(({ data }) => [...data])).toEqual([
      [0, 153, 255, 51],
      [255, 0, 0, 128],
    ]);
    expect(images[0]).toMatchObject({ width: 2, height: 2, channels: 1 });
    expect(toPixels(values.subarray(0, 6), [1, 1, 2, 3])[0]).toMatchObject({
      width: 2,
      height: 1,
      channels: 3,
    });
  });

  it('is the inverse of (x - 127.5) / 127.5 for every byte', () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, x) => x);
    const values = Float32Array.from(bytes, (x) => (x - 127.5) / 127.5);
    expect(toPixels(values, [1, 16, 16, 1])[0]!.data).toEqual(bytes);
  });

  it.each([
    [[1, 2, 2, 2], /number of channels is 2, expected 1 \(gray\), 3 \(RGB\) or 4/],
    [[1, 2, 2, 3], /number of values is 8, expected 12 for the shape 1 x 2 x 2 x 3/],
  ] as [BatchShape, RegExp][])('refuses shape %o', (shape, message) => {
    expect(() => toPixels(new Float32Array(8), shape)).toThrow(VisualsError);
    expect(() => toPixels(new Float32Array(8), shape)).toThrow(message);
  });
});

describe('toOpaqueRgba', () => {
  it('blends transparency over white', () => {
    const rgba = (channels: 1 | 3 | 4, ...data: number[]) => [
      ...toOpaqueRgba({ width: 1, height: 1, channels, data: Uint8Array.from(data) }),
    ];
    expect(rgba(1, 7)).toEqual([7, 7, 7, 255]);
    expect(rgba(3, 1, 2, 3)).toEqual([1, 2, 3, 255]);
    expect(rgba(4, 0, 100, 255, 51)).toEqual([204, 224, 255, 255]);
  });
});
