import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { featureDistance, ShapeError } from './index.js';

describe('featureDistance', () => {
  it('is the squared distance of features of unit length, summed over layers', async () => {
    const a = tf.tensor4d([3, 4, 1, 0], [2, 1, 1, 2]);
    const b = tf.tensor4d([4, 3, 0, 9], [2, 1, 1, 2]);
    const first = tf.slice(b, [0], [1]);
    const once = await featureDistance((images) => [images], a, b);
    expect(once[0]).toBeCloseTo(0.08, 6);
    expect(once[1]).toBeCloseTo(2, 6);
    const twice = await featureDistance((images) => [images, tf.mul(images, 5)], a, b);
    expect(twice[0]).toBeCloseTo(0.16, 6);
    await expect(featureDistance((images) => [images], a, first)).rejects.toThrow(ShapeError);
    tf.dispose([a, b, first]);
  });
});
