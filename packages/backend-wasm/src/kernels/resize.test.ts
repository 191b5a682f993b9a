import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { registerWasmBackend } from '../register.js';
import { numbers } from '../testing.js';
import { sameAsCpu } from './sameAsCpu.testing.js';

type Shape = [number, number, number, number];
const floats = (shape: Shape, seed = 1) => tf.tensor4d(numbers(tf.util.sizeFromShape(shape), seed), shape);

const sizes: [Shape, [number, number]][] = [
  [
    [1, 1, 1, 1],
    [3, 2],
  ],
  [
    [2, 4, 5, 3],
    [8, 10],
  ],
  [
    [2, 4, 5, 4],
    [9, 7],
  ],
  [
    [3, 6, 6, 9],
    [3, 2],
  ],
  [
    [1, 5, 5, 1],
    [5, 5],
  ],
  [
    [2, 7, 3, 2],
    [1, 1],
  ],
];
/** alignCorners, halfPixelCenters; not both. */
const grids = [
  [false, false],
  [true, false],
  [false, true],
] as const;
const methods = { nearest: tf.image.resizeNearestNeighbor, bilinear: tf.image.resizeBilinear };

describe('resizing', () => {
  it.each(sizes)('%j to %j equals the cpu backend', async (shape, to) => {
    await sameAsCpu(
      () =>
        Object.values(methods).flatMap((resize) =>
          grids.map(([align, half]) => resize(floats(shape), to, align, half)),
        ),
      { relative: 1e-6, floor: 1 },
    );
  });

  it('keeps the type of int32 images by nearest neighbour', async () => {
    await sameAsCpu(() =>
      tf.image.resizeNearestNeighbor(tf.tensor3d([1, 2, 3, 4], [2, 2, 1], 'int32'), [3, 5]),
    );
  });

  // Resizing is linear: its gradient G must satisfy <G dy, x> = <dy, R x> for all x and dy.
  it.each(sizes)('%j to %j has the transpose as gradient, on every grid', async (shape, to) => {
    await tf.setBackend(await registerWasmBackend());
    for (const resize of Object.values(methods)) {
      for (const [align, half] of grids) {
        const [left, right] = tf.tidy(() => {
          const x = floats(shape, 1);
          const dy = floats([shape[0], ...to, shape[3]], 2);
          const forward = (t: tf.Tensor4D) => resize(t, to, align, half);
          const dx = tf.grad(forward as (x: tf.Tensor) => tf.Tensor)(x, dy);
          return [tf.sum(tf.mul(dx, x)), tf.sum(tf.mul(dy, forward(x)))].map((s) => s.dataSync()[0]!);
        });
        expect(left).toBeCloseTo(right!, 4);
      }
    }
  });
});
