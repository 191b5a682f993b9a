import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { GanjsUpfirdn, type GanjsUpfirdnAttrs, registerWasmBackend, WasmArgumentError } from '../index.js';
import { numbers, relativeError } from '../testing.js';

beforeAll(async () => {
  await tf.setBackend(await registerWasmBackend());
});

type Shape = [number, number, number, number];

/** The definition: spread by zeros, pad or crop, correlate, keep every down-th. */
function defined(
  x: Float32Array,
  [batch, height, width, channels]: Shape,
  taps: number[][],
  { up, down, padding }: GanjsUpfirdnAttrs,
): { shape: number[]; values: number[] } {
  const [rows, columns] = [height, width].map((size, i) => {
    const [before, after] = padding[i]!;
    return Math.floor((size * up[i]! + before + after - [taps.length, taps[0]!.length][i]!) / down[i]!) + 1;
  }) as [number, number];
  const values: number[] = [];
  for (let n = 0; n < batch; n++)
    for (let oy = 0; oy < rows; oy++)
      for (let ox = 0; ox < columns; ox++)
        for (let c = 0; c < channels; c++) {
          let sum = 0;
          for (const [ky, line] of taps.entries())
            for (const [kx, tap] of line.entries()) {
              const y = (oy * down[0] + ky - padding[0][0]) / up[0];
              const x0 = (ox * down[1] + kx - padding[1][0]) / up[1];
              if (!Number.isInteger(y) || !Number.isInteger(x0)) continue;
              if (y < 0 || y >= height || x0 < 0 || x0 >= width) continue;
              sum += tap * x[((n * height + y) * width + x0) * channels + c]!;
            }
          values.push(sum);
        }
  return { shape: [batch, rows, columns, channels], values };
}

const run = (x: tf.Tensor, taps: number[][], attrs: GanjsUpfirdnAttrs) =>
  tf
    .engine()
    .runKernel(
      GanjsUpfirdn,
      { x, taps: tf.tensor2d(taps) },
      attrs as unknown as tf.NamedAttrMap,
    ) as tf.Tensor;

const both = <T>(value: T) => [value, value] as const;

describe(GanjsUpfirdn, () => {
  const cases: [Shape, [number, number], [number, number], [number, number], number, number][] = [
    // shape, taps, up, down, before, after
    [[2, 5, 6, 8], [4, 4], [2, 2], [1, 1], 2, 1],
    [[2, 8, 6, 13], [4, 4], [1, 1], [2, 2], 1, 1],
    [[1, 5, 4, 3], [3, 5], [3, 3], [2, 2], 4, -1],
    [[1, 9, 8, 1], [3, 3], [1, 1], [3, 3], -1, 2],
    [[3, 7, 7, 20], [1, 12], [1, 4], [1, 2], 6, 5],
    [[64, 16, 16, 32], [4, 1], [2, 1], [1, 1], 2, 1],
  ];
  for (const [shape, [kh, kw], up, down, before, after] of cases) {
    it(`follows its definition: [${shape}], ${kh}x${kw} taps, up ${up}, down ${down}, pad ${before}, ${after}`, () => {
      const x = numbers(tf.util.sizeFromShape(shape), 1);
      const flat = numbers(kh * kw, 2);
      const taps = Array.from({ length: kh }, (_, i) => [...flat.subarray(i * kw, (i + 1) * kw)]);
      const attrs = { up, down, padding: both([before, after] as const) };
      const expected = defined(x, shape, taps, attrs);
      tf.tidy(() => {
        const y = run(tf.tensor4d(x, shape), taps, attrs);
        expect(y.shape).toEqual(expected.shape);
        expect(relativeError(y.dataSync(), expected.values)).toBeLessThan(1e-6);
      });
    });
  }

  it('refuses taps that do not fit', () => {
    const attrs = { up: [1, 1], down: [1, 1], padding: both([0, 0] as const) } as const;
    expect(() => tf.tidy(() => run(tf.ones([1, 2, 2, 1]), [[1, 2, 3]], attrs))).toThrow(WasmArgumentError);
  });
});
