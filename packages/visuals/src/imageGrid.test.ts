import { describe, expect, it } from 'vitest';
import { imageGrid, type Pixels, VisualsError } from './index.js';

const gray = (value: number): Pixels => ({ width: 1, height: 1, channels: 1, data: Uint8Array.of(value) });
const rows = ({ width, data, channels }: Pixels) =>
  Array.from({ length: data.length / width / channels }, (_, y) => [
    ...data.subarray(y * width * channels, (y + 1) * width * channels),
  ]);

describe('imageGrid', () => {
  it('goes row by row, padded, and leaves the rest in the background', () => {
    const grid = imageGrid([gray(1), gray(2), gray(3)], { columns: 2, padding: 1, background: 9 });
    expect(rows(grid)).toEqual([
      [9, 9, 9, 9, 9],
      [9, 1, 9, 2, 9],
      [9, 9, 9, 9, 9],
      [9, 3, 9, 9, 9],
      [9, 9, 9, 9, 9],
    ]);
  });

  it('is square unless told otherwise', () => {
    const grid = imageGrid(
      Array.from({ length: 9 }, (_, k) => gray(k)),
      { padding: 0 },
    );
    expect(rows(grid)).toEqual([
      [0, 1, 2],
      [3, 4, 5],
      [6, 7, 8],
    ]);
  });

  it('keeps colours together and scales by whole pixels', () => {
    const pair: Pixels = { width: 2, height: 1, channels: 3, data: Uint8Array.of(1, 2, 3, 4, 5, 6) };
    expect(rows(imageGrid([pair], { padding: 0, scale: 2 }))).toEqual([
      [1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6],
      [1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6],
    ]);
  });

  it('has an opaque background for RGBA', () => {
    const clear: Pixels = { width: 1, height: 1, channels: 4, data: new Uint8Array(4) };
    expect(rows(imageGrid([clear], { padding: 1, background: 0 }))[0]).toEqual([
      0, 0, 0, 255, 0, 0, 0, 255, 0, 0, 0, 255,
    ]);
    expect(rows(imageGrid([clear], { padding: 1 }))[1]!.slice(4, 8)).toEqual([0, 0, 0, 0]);
  });

  it.each([
    [[], {}, /number of images is 0/],
    [[gray(1), { ...gray(1), width: 0 }], {}, /image 1 is 0 x 1 x 1, expected 1 x 1 x 1, as the first/],
    [[gray(1)], { columns: 0 }, /columns is 0, expected an integer >= 1/],
    [[gray(1)], { padding: -1 }, /padding is -1/],
    [[gray(1)], { scale: 1.5 }, /scale is 1.5/],
  ])('refuses %o with %o', (images, options, message) => {
    expect(() => imageGrid(images, options)).toThrow(VisualsError);
    expect(() => imageGrid(images, options)).toThrow(message);
  });
});
