import * as tf from '@tensorflow/tfjs';
import { describe, it } from 'vitest';
import { numbers } from '../testing.js';
import { sameAsCpu } from './sameAsCpu.testing.js';

const size = tf.util.sizeFromShape;
const floats = (shape: number[], seed = 1) => tf.tensor(numbers(size(shape), seed), shape);

/** One tensor of each type. */
function ofAllTypes(shape: number[]): tf.Tensor[] {
  const x = floats(shape);
  return [x, tf.cast(tf.mul(x, 1000), 'int32'), tf.greater(x, 0)];
}

/** All orders of n axes. */
function permutations(n: number): number[][] {
  if (n === 0) return [[]];
  return permutations(n - 1).flatMap((rest) =>
    rest.concat(-1).map((_, i) => [...rest.slice(0, i), n - 1, ...rest.slice(i)]),
  );
}

describe('kernels that move elements', () => {
  it('transpose in every order', async () => {
    await sameAsCpu(() => [
      ...permutations(4).flatMap((perm) => ofAllTypes([3, 5, 2, 7]).map((x) => tf.transpose(x, perm))),
      ...[
        [1, 1],
        [17, 33],
        [64, 16],
        [3, 300],
        [300, 3],
        [35, 1],
      ].flatMap((shape) => ofAllTypes(shape).map((x) => tf.transpose(x))),
      tf.transpose(floats([2, 18, 19, 20]), [0, 3, 1, 2]),
      tf.transpose(floats([2, 18, 19, 3]), [0, 3, 1, 2]),
      tf.transpose(floats([2, 3, 18, 19]), [0, 2, 3, 1]),
      tf.transpose(floats([2, 3, 2, 3, 2, 3]), [5, 3, 1, 0, 2, 4]),
      tf.transpose(tf.scalar(3)),
      tf.transpose(tf.zeros([0, 3])),
    ]);
  });

  it('pad with constants and mirrors', async () => {
    await sameAsCpu(() => [
      ...ofAllTypes([3, 4]).flatMap((x) => [
        tf.pad(x, [
          [1, 2],
          [0, 3],
        ]),
        tf.pad(
          x,
          [
            [0, 0],
            [0, 0],
          ],
          1,
        ),
        tf.mirrorPad(
          x,
          [
            [2, 1],
            [1, 3],
          ],
          'reflect',
        ),
        tf.mirrorPad(
          x,
          [
            [3, 1],
            [0, 4],
          ],
          'symmetric',
        ),
      ]),
      tf.pad(
        floats([2, 5, 6, 3]),
        [
          [0, 0],
          [2, 1],
          [1, 2],
          [0, 0],
        ],
        0.5,
      ),
      tf.mirrorPad(
        floats([2, 5, 6, 3]),
        [
          [0, 0],
          [2, 1],
          [1, 2],
          [0, 0],
        ],
        'reflect',
      ),
      tf.mirrorPad(
        floats([3, 2, 3, 2]),
        [
          [1, 1],
          [1, 1],
          [2, 2],
          [1, 1],
        ],
        'symmetric',
      ),
      tf.pad(floats([2, 2, 2, 2, 2]), [
        [1, 0],
        [0, 1],
        [1, 1],
        [0, 0],
        [2, 1],
      ]),
      tf.pad(
        tf.zeros([0, 3]),
        [
          [1, 1],
          [0, 1],
        ],
        4,
      ),
    ]);
  });

  it('slice, with strides of either sign', async () => {
    await sameAsCpu(() => [
      ...ofAllTypes([6, 5, 4]).flatMap((x) => [
        tf.slice(x, [1, 0, 0], [3, 5, 4]),
        tf.slice(x, [1, 2, 1], [2, 3, 2]),
        tf.slice(x, [5], [1]),
        tf.stridedSlice(x, [0, 0, 0], [6, 5, 4], [2, 3, 1]),
        tf.stridedSlice(x, [5, 4, 3], [0, 0, 0], [-2, -1, -3]),
        tf.stridedSlice(x, [1, 1], [5, 4], [1, 1], 0, 0, 0, 0, 2),
        tf.stridedSlice(x, [4, 0], [1, 5], [1, 2]),
        tf.reverse(x),
        tf.reverse(x, 1),
        tf.reverse(x, [0, 2]),
      ]),
      tf.slice(floats([3, 3]), [1, 1], [0, 2]),
      tf.reverse(tf.scalar(1)),
      tf.image.flipLeftRight(floats([2, 3, 4, 3]) as tf.Tensor4D),
    ]);
  });

  it('join, split and repeat', async () => {
    await sameAsCpu(() => [
      ...[0, 1, 2, -1].flatMap((axis) => {
        const parts = [
          [2, 3, 4],
          [2, 3, 4],
          [2, 3, 4],
        ].map((shape, i) => floats(shape, i + 1));
        return [tf.concat(parts, axis), tf.stack(parts, axis), ...tf.unstack(parts[0]!, axis)];
      }),
      ...ofAllTypes([4, 6]).flatMap((x) => [
        tf.concat([x, x, tf.slice(x, [0, 1], [4, 3])], 1),
        tf.concat([x, tf.slice(x, [0, 0], [0, 6])], 0),
        tf.stack([x]),
        ...tf.split(x, [1, 3, 2], 1),
        ...tf.split(x, 2, 0),
        tf.tile(x, [2, 3]),
        tf.tile(x, [1, 1]),
        tf.expandDims(x, -1),
      ]),
      tf.tile(floats([1, 4, 1]), [3, 1, 5]),
      tf.tile(tf.scalar(2), []),
      tf.broadcastTo(floats([3, 1]), [2, 3, 70]),
      tf.broadcastTo(floats([67]), [5, 67]),
    ]);
  });

  it('rearrange blocks', async () => {
    await sameAsCpu(() => [
      tf.depthToSpace(floats([2, 3, 4, 12]) as tf.Tensor4D, 2),
      tf.depthToSpace(floats([1, 2, 2, 9]) as tf.Tensor4D, 3),
      tf.spaceToBatchND(
        floats([2, 4, 6, 3]),
        [2, 3],
        [
          [0, 0],
          [0, 0],
        ],
      ),
      tf.spaceToBatchND(
        floats([2, 5, 6, 3]),
        [2, 2],
        [
          [1, 0],
          [1, 1],
        ],
      ),
      tf.batchToSpaceND(
        floats([8, 2, 3, 5]),
        [2, 2],
        [
          [0, 0],
          [0, 0],
        ],
      ),
      tf.batchToSpaceND(
        floats([8, 2, 3, 5]),
        [2, 2],
        [
          [1, 0],
          [0, 1],
        ],
      ),
    ]);
  });
});
