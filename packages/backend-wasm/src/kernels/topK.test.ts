import * as tf from '@tensorflow/tfjs';
import { it } from 'vitest';
import { numbers } from '../testing.js';
import { sameAsCpu } from './sameAsCpu.testing.js';

it('finds the largest elements, the first of equals first', async () => {
  await sameAsCpu(() =>
    [
      tf.tensor1d([3, 1, 3, 2, 3, -1]),
      tf.tensor2d(numbers(60, 1), [4, 15]),
      tf.tensor3d([5, 5, 2, 9, 9, 9], [1, 2, 3], 'int32'),
    ].flatMap((x) =>
      [1, 3].flatMap((k) => {
        const { values, indices } = tf.topk(x, k);
        return [values, indices];
      }),
    ),
  );
});
