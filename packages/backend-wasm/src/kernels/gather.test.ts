import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { registerWasmBackend } from '../register.js';
import { numbers } from '../testing.js';
import { sameAsCpu } from './sameAsCpu.testing.js';

const size = tf.util.sizeFromShape;
const floats = (shape: number[], seed = 1) => tf.tensor(numbers(size(shape), seed), shape);
const indices = (values: number[], shape: number[] = [values.length]) => tf.tensor(values, shape, 'int32');

describe('kernels that go by index', () => {
  it('gather rows', async () => {
    await sameAsCpu(() => [
      tf.gather(floats([7]), indices([6, 0, 0, 3])),
      tf.gather(floats([5, 3]), indices([4, 4, 1])),
      tf.gather(floats([5, 30]), indices([4, 0, 1, 2], [2, 2])),
      tf.gather(floats([3, 5, 2]), indices([4, 0, 1]), 1),
      tf.gather(floats([3, 5, 2]), indices([1, 0]), -1),
      tf.gather(floats([2, 4, 3]), indices([3, 0, 1, 1], [2, 2]), 1, 1),
      tf.gather(tf.greater(floats([5, 3]), 0), indices([2, 4])),
      tf.gather(tf.cast(tf.mul(floats([5, 3]), 99), 'int32'), indices([2, 4])),
      tf.gatherND(floats([4, 3, 5]), indices([0, 1, 3, 2], [2, 2])),
      tf.gatherND(floats([4, 3]), indices([0, 1, 3, 2], [2, 2])),
    ]);
  });

  it('name an index that is out of range', async () => {
    await tf.setBackend(await registerWasmBackend());
    expect(() => tf.tidy(() => tf.gather(floats([3, 2]), indices([0, 3])))).toThrow(/3 is not in \[0, 2\]/);
    expect(() => tf.tidy(() => tf.gatherND(floats([3, 2]), indices([3, 0], [1, 2])))).toThrow(
      /does not index into/,
    );
  });

  it('add and write rows', async () => {
    await sameAsCpu(() => [
      tf.scatterND(indices([1, 4, 1], [3, 1]), floats([3, 6]), [5, 6]),
      tf.scatterND(indices([0, 1, 2, 3, 0, 1], [3, 2]), tf.tensor1d([1, 2, 3], 'int32'), [3, 4]),
      tf.tensorScatterUpdate(floats([5, 3]), indices([4, 0], [2, 1]), floats([2, 3], 2)),
      tf.sparseToDense(indices([3, 1]), tf.tensor1d([5, 6]), [5], tf.scalar(-1)),
      tf.sparseToDense(indices([3, 1]), tf.scalar(5), [5], tf.scalar(0)),
    ]);
  });

  it('sum segments, among them empty ones', async () => {
    await sameAsCpu(
      () => [
        tf.unsortedSegmentSum(floats([6]), indices([0, 2, 0, 3, 2, 2]) as tf.Tensor1D, 5),
        tf.unsortedSegmentSum(floats([6, 9]), indices([0, 2, 0, 3, 2, 2]) as tf.Tensor1D, 4),
        tf.unsortedSegmentSum(
          floats([70, 2, 3]),
          indices(Array.from({ length: 70 }, (_, i) => (i * 7) % 11)) as tf.Tensor1D,
          11,
        ),
      ],
      { relative: 1e-6, floor: 1 },
    );
  });

  it('differentiate an embedding', async () => {
    await sameAsCpu(
      () => tf.grad((table: tf.Tensor) => tf.gather(table, indices([3, 1, 3])).square())(floats([5, 8])),
      { relative: 1e-6 },
    );
  });

  it('make one-hot rows and ranges', async () => {
    await sameAsCpu(
      () => [
        tf.oneHot(indices([0, 2, 5, -1]), 4),
        tf.oneHot(indices([0, 2, 1, 1], [2, 2]), 3, 0.9, -0.1),
        tf.oneHot(indices([0, 1]), 2, 1, 0, 'bool'),
        tf.range(0, 10, 3),
        tf.range(5, 0),
        tf.range(5, -3, -2, 'int32'),
        tf.range(2, 2),
        tf.range(0, 1, 0.1),
        tf.range(0, 4, -1),
        tf.linspace(-1, 2, 7),
        tf.linspace(3, 4, 1),
        tf.diag(tf.tensor1d([1, 2, 3], 'int32')),
        tf.diag(tf.tensor2d([true, false, true, true], [2, 2], 'bool')),
      ],
      { relative: 1e-6 },
    );
  });
});
