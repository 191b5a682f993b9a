import { ShapeError } from '@ganjs/errors';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { number, refuses } from '../../test/evaluate.js';
import { featureMatching, multiScaleFeatureMatching } from './featureMatching.js';

it('has the worked-out value', () => {
  const real = () =>
    tf.tensor2d([
      [1, 2],
      [3, 4],
    ]);
  const fake = () =>
    tf.tensor2d([
      [0, 0],
      [2, 2],
    ]);
  expect(number(() => featureMatching(real(), fake()))).toBe(5);
});

it("with weight 10 is 40 when all of Pix2PixHD's activations differ by 1", () => {
  const maps = (value: number) =>
    Array.from({ length: 2 }, () => Array.from({ length: 4 }, (_, t) => tf.fill([1, 2, 2, 1 + t], value)));
  expect(10 * number(() => multiScaleFeatureMatching(maps(1), maps(0)))).toBeCloseTo(40, 5);
});

it('refuses features of different layers', () => {
  refuses(() => featureMatching(tf.ones([2, 3]), tf.ones([2, 4])), ShapeError, /same layer/);
  refuses(() => featureMatching(tf.ones([2]), tf.ones([2])), ShapeError);
  const map = () => tf.ones([1, 2]);
  refuses(
    () => multiScaleFeatureMatching([[map()]], [[map(), map()]]),
    ShapeError,
    /\[1\] real and \[2\] fake/,
  );
  refuses(() => multiScaleFeatureMatching([], []), ShapeError);
});
