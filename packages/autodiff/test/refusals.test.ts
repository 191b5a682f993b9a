import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { enableHigherOrderGradients, NotDifferentiableError } from '../src/index.js';
import { between, type Case, check, spaced } from './finiteDifferences.js';

beforeAll(() => enableHigherOrderGradients());

const image = between(-1, 1, 1, 4, 4, 2);

/** [kernel, function, input]: no derivative at all. */
const refused: [string, (x: tf.Tensor) => tf.Tensor, typeof image][] = [
  ['CropAndResize', (x) => tf.image.cropAndResize(x as tf.Tensor4D, [[0, 0, 1, 1]], [0], [2, 2]), image],
  ['RotateWithOffset', (x) => tf.image.rotateWithOffset(x as tf.Tensor4D, 0.1), image],
  ['Transform', (x) => tf.image.transform(x as tf.Tensor4D, tf.tensor2d([[1, 0, 1, 0, 1, 0, 0, 0]])), image],
  ['MaxPoolWithArgmax', (x) => tf.maxPoolWithArgmax(x as tf.Tensor4D, 2, 2, 'valid').result!, image],
  ['Real', (x) => tf.real(tf.fft(tf.complex(x, tf.zerosLike(x)))), between(-1, 1, 4)],
  [
    'TensorScatterUpdate',
    (x) => tf.tensorScatterUpdate(x, tf.tensor2d([[1]], [1, 1], 'int32'), tf.tensor1d([1])),
    between(-1, 1, 4),
  ],
  ['StridedSlice', (x) => tf.stridedSlice(x, [0, 1], [4, 2], [2, 1], 0, 0, 0, 0, 2), between(-1, 1, 4, 3)],
];

/** The first derivative is right, the second is refused. */
const firstOnly: [string, Case['f'], Case['inputs']][] = [
  ['LRNGrad', (x) => tf.localResponseNormalization(x as tf.Tensor4D, 1, 1, 0.5, 0.75), [image]],
  ['MaxPool3DGrad', (x) => tf.maxPool3d(x as tf.Tensor5D, 2, 2, 'valid'), [spaced(1, 2, 4, 4, 1)]],
  [
    'Dilation2DBackprop',
    (x, filter) => tf.dilation2d(x as tf.Tensor4D, filter as tf.Tensor3D, 1, 'valid'),
    [spaced(1, 4, 4, 2), { shape: [2, 2, 2], values: [0, 0.01, 0.02, 0.03, 0, 0.01, 0.02, 0.03] }],
  ],
];

describe('operations without a derivative', () => {
  for (const [kernel, f, { values, shape }] of refused) {
    it(`${kernel} is refused by name`, () => {
      tf.tidy(() => {
        const run = () => tf.grad((x) => f(x))(tf.tensor(values, shape));
        expect(run).toThrow(NotDifferentiableError);
        expect(run).toThrow(`no derivative of ${kernel}`);
      });
    });
  }

  for (const [kernel, f, inputs] of firstOnly) {
    it(`${kernel}: first derivative right, second refused`, () => {
      const each: Case = { name: kernel, f: (...xs) => tf.square(f(...xs)), inputs };
      const { excess, message } = check(each, 1);
      expect(excess, message).toBeLessThan(1);
      expect(() => check(each, 2)).toThrow(NotDifferentiableError);
      expect(() => check(each, 2)).toThrow(kernel);
    });
  }

  it('a pooling whose rounding mode the kernels do not share is refused', () => {
    tf.tidy(() => {
      const x = tf.ones([1, 5, 5, 1]) as tf.Tensor4D;
      const average = () => tf.grad((z) => tf.avgPool(z as tf.Tensor4D, 2, 2, 0, 'ceil'))(x);
      expect(average).toThrow(/AvgPool.*dimRoundingMode 'ceil'/s);
    });
  });

  it('steps have a zero derivative, so that conditions may be computed', () => {
    tf.tidy(() => {
      const x = tf.tensor1d([-1.2, 0.4, 2.6]);
      const steps: ((t: tf.Tensor) => tf.Tensor)[] = [
        tf.floor,
        tf.ceil,
        tf.round,
        tf.sign,
        tf.step,
        (t) => tf.cast(tf.cast(t, 'int32'), 'float32'),
        (t) => tf.cast(tf.less(t, 1), 'float32'),
        (t) => tf.cast(tf.lessEqual(t, 1), 'float32'),
        (t) => tf.cast(tf.equal(t, 1), 'float32'),
        (t) => tf.cast(tf.notEqual(t, 1), 'float32'),
        (t) => tf.cast(tf.logicalNot(tf.greater(t, 1)), 'float32'),
        (t) => tf.cast(tf.logicalOr(tf.greater(t, 1), tf.less(t, 0)), 'float32'),
        (t) => tf.cast(tf.logicalXor(tf.greater(t, 1), tf.less(t, 0)), 'float32'),
        (t) => tf.cast(tf.any(tf.greater(t, 1)), 'float32'),
        (t) => tf.cast(tf.all(tf.greater(t, 1)), 'float32'),
        (t) => tf.cast(tf.argMax(t), 'float32'),
        (t) => tf.cast(tf.argMin(t), 'float32'),
        (t) => tf.floorDiv(t, tf.scalar(2)),
      ];
      for (const step of steps) {
        const gradient = tf.grad((t) => tf.add(tf.mul(step(t), 3), t))(x);
        expect(Array.from(gradient.dataSync())).toEqual([1, 1, 1]);
      }
    });
  });
});
