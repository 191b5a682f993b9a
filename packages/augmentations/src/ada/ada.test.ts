import { OptionError, ShapeError } from '@ganjs/errors';
import { stream } from '@ganjs/random';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { difference, evaluate, images, refuses } from '../../test/support.js';
import { UnknownAugmentationError } from '../errors.js';
import { type AdaCategory, ada } from './ada.js';

const x = () => images([6, 8, 8, 3]);

it('passes images unchanged with p = 0', () => {
  expect(evaluate(() => ada({ p: 0 })(x(), stream(1)))).toEqual(evaluate(x));
});

it('is a pure function of images and stream', () => {
  const run = (seed: number) => evaluate(() => ada({ p: 0.8 })(x(), stream(seed)));
  expect(run(1)).toEqual(run(1));
  expect(run(1)).not.toEqual(run(2));
});

it('changes more images with a higher p', () => {
  const changed = (p: number) => {
    const before = evaluate(x);
    const after = evaluate(() => ada({ p })(x(), stream(5)));
    return [0, 1, 2, 3, 4, 5].filter((i) => difference(slice(after, i), slice(before, i)) > 1e-6).length;
  };
  const slice = (values: number[], i: number) => values.slice(i * 192, (i + 1) * 192);
  expect(changed(0.02)).toBeLessThan(changed(1));
  expect(changed(1)).toBe(6);
});

it('uses only the categories that it is given', () => {
  const sorted = (f: () => tf.Tensor) => evaluate(f).sort((a, b) => a - b);
  // Flips and quarter turns of a constant image change nothing; colors do.
  const grey = () => tf.fill([4, 8, 8, 3], 0.3) as tf.Tensor4D;
  const run =
    (...categories: AdaCategory[]) =>
    () =>
      ada({ p: 1, categories })(grey(), stream(1));
  expect(difference(sorted(run('blit', 'geometry')), sorted(grey))).toBeLessThan(1e-5);
  expect(difference(sorted(run('color')), sorted(grey))).toBeGreaterThan(0.01);
});

it.each([['blit'], ['geometry'], ['color']] as [AdaCategory][])(
  'lets first and second derivatives through %s',
  (category) => {
    tf.tidy(() => {
      const augment = (z: tf.Tensor) => ada({ p: 1, categories: [category] })(z as tf.Tensor4D, stream(7));
      const energy = (z: tf.Tensor) => tf.mul(0.5, tf.sum(tf.square(augment(z))));
      const v = images([6, 8, 8, 3], 2);
      // The energy is quadratic up to an affine part: ∇E(x + v) - ∇E(x) = H v.
      const change = tf.sub(tf.grad(energy)(tf.add(x(), v)), tf.grad(energy)(x()));
      const product = tf.grad((z: tf.Tensor) => tf.sum(tf.mul(tf.grad(energy)(z), v)))(x());
      const scale = tf.max(tf.abs(change)).dataSync()[0]!;
      expect(scale).toBeGreaterThan(0.1);
      expect(difference(product.dataSync(), change.dataSync()) / scale).toBeLessThan(1e-4);
    });
  },
);

it('refuses what it does not know', () => {
  refuses(() => ada({ p: 1.2 }), OptionError, /p = 1.2/);
  refuses(() => ada({ p: Number.NaN }), OptionError);
  const unknown = ['colour' as AdaCategory];
  refuses(
    () => ada({ p: 0, categories: unknown }),
    UnknownAugmentationError,
    /"colour".* Did you mean "color"\?/,
  );
  refuses(() => ada({ p: 1 })(tf.ones([2, 4, 4, 2]), stream(1)), ShapeError, /1 or 3 channels/);
  refuses(
    () => ada({ p: 1 })(tf.ones([4, 4, 3]) as unknown as tf.Tensor4D, stream(1)),
    ShapeError,
    /\[N, H, W, C\]/,
  );
});
