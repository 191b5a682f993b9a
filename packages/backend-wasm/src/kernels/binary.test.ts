import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { registerWasmBackend } from '../register.js';
import { numbers } from '../testing.js';
import { sameAsCpu } from './sameAsCpu.testing.js';

type Op = (a: tf.Tensor, b: tf.Tensor) => tf.Tensor;
const size = tf.util.sizeFromShape;
const floats = (shape: number[], seed: number) => tf.tensor(numbers(size(shape), seed), shape);

/** Every way in which one operand covers the other, with remainders of all vector lengths. */
const shapes: [number[], number[]][] = [
  [[], []],
  [[0], [0]],
  [
    [3, 0],
    [1, 1],
  ],
  [[1], [1]],
  [[7], [7]],
  [[5003], [5003]],
  [[19], []],
  [[], [2, 3, 5]],
  [[1, 1, 1], [4]],
  [[3, 4, 5, 6], [6]],
  [[6], [3, 4, 5, 6]],
  [[700, 3], [3]],
  [
    [2, 5, 5, 64],
    [1, 1, 1, 64],
  ],
  [[3, 1500], [1500]],
  [
    [3, 1500],
    [3, 1],
  ],
  [
    [2500, 2],
    [2500, 1],
  ],
  [
    [9, 1],
    [1, 300],
  ],
  [
    [3, 4, 4, 8],
    [3, 1, 1, 8],
  ],
  [
    [3, 4, 4, 8],
    [3, 4, 4, 1],
  ],
  [
    [3, 1, 4, 1],
    [1, 5, 1, 6],
  ],
  [
    [2, 1, 3, 1, 2, 1],
    [1, 2, 1, 3, 1, 2],
  ],
  [
    [2, 3, 4],
    [3, 1],
  ],
];

describe('functions of two elements', () => {
  it.each(shapes)('broadcast [%j] and [%j]', async (a, b) => {
    await sameAsCpu(
      () => {
        const [x, y] = [floats(a, 1), floats(b, 2)];
        return [tf.sub(x, y), tf.greater(x, y), tf.atan2(x, y)];
      },
      { relative: 1e-6 },
    );
  });

  const special = [0, 1, -1, 0.5, -2.5, 3e38, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const ops: [string, Op][] = [
    ['add', tf.add],
    ['sub', tf.sub],
    ['mul', tf.mul],
    ['div', tf.div],
    ['maximum', tf.maximum],
    ['minimum', tf.minimum],
    ['squaredDifference', tf.squaredDifference],
    ['prelu', tf.prelu as Op],
    ['equal', tf.equal],
    ['notEqual', tf.notEqual],
    ['less', tf.less],
    ['lessEqual', tf.lessEqual],
    ['greater', tf.greater],
    ['greaterEqual', tf.greaterEqual],
  ];
  it.each(ops)('%s equals the cpu backend on special values', async (_, op) => {
    await sameAsCpu(() => op(tf.tensor2d(special, [9, 1]), tf.tensor2d(special, [1, 9])), { relative: 1e-7 });
  });

  it('pow, mod and floorDiv equal the cpu backend', async () => {
    const a = [0, 1, -1, 0.5, -2.5, 3, 1e3, -7, 7, 12.25];
    const b = [2, -2, 0.5, 3, 1, -3, 2.5, 7];
    await sameAsCpu(
      () => {
        const [x, y] = [tf.tensor2d(a, [10, 1]), tf.tensor2d(b, [1, 8])];
        return [tf.pow(x, y), tf.pow(x, 2), tf.mod(x, y), tf.floorDiv(x, y)];
      },
      { relative: 3e-7 },
    );
  });

  it('compute on int32', async () => {
    const a = [0, 1, -1, 7, -7, 12, 46341, -46341, 2 ** 25, 5];
    const b = [1, -1, 2, 3, -3, 7];
    const arithmetic = [tf.add, tf.sub, tf.mul, tf.maximum, tf.minimum, tf.squaredDifference];
    await sameAsCpu(() => {
      const [x, y] = [tf.tensor2d(a, [10, 1], 'int32'), tf.tensor2d(b, [1, 6], 'int32')];
      return [
        ...[...arithmetic, tf.floorDiv, tf.mod, tf.equal, tf.notEqual, tf.less, tf.greaterEqual].map((op) =>
          op(x, y),
        ),
        tf.div(x, y),
        tf.pow(tf.tensor1d([2, -3, 1, -1, 0], 'int32'), tf.tensor1d([10, 3, 5, 7, 2], 'int32')),
      ];
    });
  });

  it('compute on bool, and on mixed types', async () => {
    await sameAsCpu(() => {
      const a = tf.tensor1d([true, true, false, false, true], 'bool');
      const b = tf.tensor1d([true, false, true, false, true], 'bool');
      return [
        ...[tf.logicalAnd, tf.logicalOr, tf.logicalXor, tf.equal, tf.less, tf.maximum, tf.mul].map((op) =>
          op(a, b),
        ),
        tf.add(a, tf.tensor1d([1, 2, 3, 4, 5])),
        tf.mul(tf.tensor1d([1, 2, 3, 4, 5], 'int32'), b),
        tf.sub(tf.tensor1d([1, 2, 3, 4, 5], 'int32'), 0.5),
      ];
    });
  });

  it('choose by condition', async () => {
    await sameAsCpu(() => {
      const condition = tf.greater(floats([5, 7, 3], 3), 0);
      const [x, y] = [floats([5, 7, 3], 4), floats([5, 7, 3], 5)];
      const whole = (t: tf.Tensor) => tf.cast(tf.mul(t, 100), 'int32');
      return [
        tf.where(condition, x, y),
        tf.where(condition, whole(x), whole(y)),
        tf.where(condition, tf.greater(x, 0.5), tf.less(y, 0)),
        tf.where(tf.tensor1d([true, false, true], 'bool'), x, y),
        tf.where(condition, x, tf.scalar(7)),
      ];
    });
  });

  it('add many tensors, and the gradient of elu', async () => {
    await sameAsCpu(
      () => {
        const parts = [1, 2, 3, 4].map((seed) => floats([3, 5], seed));
        const elu = tf.grads((x: tf.Tensor) => tf.elu(x))([floats([37], 6)], floats([37], 7));
        return [
          tf.addN(parts),
          tf.addN(parts.map((x) => tf.cast(tf.mul(x, 9), 'int32'))),
          tf.addN([parts[0]!]),
          ...elu,
        ];
      },
      { relative: 1e-6, floor: 1 },
    );
  });

  it('never write to an operand', async () => {
    await tf.setBackend(await registerWasmBackend());
    const values = numbers(100, 1);
    tf.tidy(() => {
      const x = tf.tensor1d(values);
      const alias = x.reshape([10, 10]);
      for (const y of [
        tf.addN([x, x, x]),
        tf.mean(alias, 1),
        tf.floorDiv(x, 1),
        tf.cast(x, 'float32'),
        tf.sum(x),
      ]) {
        y.dispose();
      }
      expect(x.dataSync()).toEqual(values);
      expect(alias.dataSync()).toEqual(values);
    });
  });
});
