import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { difference, evaluate, images } from '../../test/support.js';
import { apply, aroundCentre, identity, product, rotation, scaling, translation } from '../affine.js';
import { warp } from './warp.js';

it('gives back images that do not move: sym6 reconstructs perfectly', () => {
  const x = () => images([2, 9, 6, 2]);
  expect(
    difference(
      evaluate(() => warp(x(), [identity, identity])),
      evaluate(x),
    ),
  ).toBeLessThan(1e-6);
});

it('moves a slope to exactly where it belongs', () => {
  const size = 24;
  const slope = (x: number, y: number) => 0.3 * x + 0.2 * y;
  const inverse = product(rotation(0.3), translation(0.3, -0.2), scaling(0.9, 1.1));
  const pixels = Array.from({ length: size * size }, (_, i) => slope(i % size, Math.floor(i / size)));
  const moved = evaluate(() => warp(tf.tensor4d(pixels, [1, size, size, 1]), [inverse]));
  // Away from the border, where the slope meets its mirror image.
  for (let y = 9; y < 15; y++) {
    for (let x = 9; x < 15; x++) {
      const want = slope(...apply(aroundCentre(inverse, size, size), x, y));
      expect(moved[y * size + x]).toBeCloseTo(want, 4);
    }
  }
});

it('is linear, with a second derivative that is right: ∇f(v) = H v for f = ‖warp(x)‖²', () => {
  tf.tidy(() => {
    const maps = [product(rotation(1), scaling(1.2, 0.7)), translation(0.4, 1.7)];
    const f = (x: tf.Tensor) => tf.sum(tf.square(warp(x as tf.Tensor4D, maps)));
    const v = images([2, 5, 6, 1], 2);
    const directional = (x: tf.Tensor) => tf.sum(tf.mul(tf.grad(f)(x), v));
    const second = tf
      .grad(directional)(images([2, 5, 6, 1], 3))
      .dataSync();
    expect(difference(second, tf.grad(f)(v).dataSync())).toBeLessThan(1e-4);
  });
});
