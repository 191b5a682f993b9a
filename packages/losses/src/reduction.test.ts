import { OptionError, ShapeError } from '@ganjs/errors';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { Case, Named } from '../../../tools/reference/losses/recorded.js';
import { evaluate, refuses } from '../test/evaluate.js';
import { functions } from '../test/functions.js';
import { recordings } from '../test/recordings.js';
import {
  boundaryEquilibrium,
  drift,
  energyBased,
  hinge,
  l1,
  leastSquares,
  minimax,
  nonSaturating,
  type PerSampleLoss,
  type Reduction,
  relativistic,
  relativisticAverage,
  wasserstein,
} from './index.js';

/** What is no loss, or no mean over samples: it compares batches, weights or running means. */
const withoutReduction = [
  ...['boundaryEquilibrium.nextK', 'boundaryEquilibrium.convergence', 'flipLabels', 'interpolate', 'gram'],
  ...[
    'projection',
    'featureMatching',
    'modeSeeking',
    'pullingAway',
    'lecam',
    'nextLecamAnchors',
    'pathLength',
  ],
  ...['orthogonal', 'relaxedOrthogonal', 'spectralNorm', 'clipWeights', 'clipSpectralNorm'],
  ...['historicalAveraging', 'nextHistoricalMeans', 'globalNorm'],
];
const reduced = [...recordings].filter(([name]) => !withoutReduction.includes(name));

describe.each(reduced)('%s', (name, recorded) => {
  const call = (inputs: Named, { options }: Case, reduction: Reduction | 'sum') =>
    functions[name]!(inputs, { ...options, reduction });
  const each = recorded.map((one, i) => [`case ${i}`, one] as const);

  it.each(each)(
    "%s: 'none' gives one value a sample, whose mean is 'mean', as are the gradients",
    (_, one) => {
      tf.tidy(() => {
        const inputs = tensors(one);
        const [mean, none] = [call(inputs, one, 'mean'), call(inputs, one, 'none')];
        expect(mean.shape).toEqual([]);
        expect(none.shape).toEqual([Object.values(one.inputs)[0]!.shape[0]]);
        expectClose(tf.mean(none), mean);

        const wanted = Object.keys(one.gradients);
        const gradients = (reduction: Reduction) =>
          tf.grads((...varied: tf.Tensor[]) => {
            const merged = { ...inputs, ...Object.fromEntries(wanted.map((k, i) => [k, varied[i]!])) };
            return tf.mean(call(merged, one, reduction));
          })(wanted.map((k) => inputs[k]!));
        const expected = gradients('mean');
        for (const [i, gradient] of gradients('none').entries()) expectClose(gradient, expected[i]!);
      });
    },
  );

  it('refuses any other reduction', () => {
    const one = recorded[0]!;
    refuses(
      () => call(tensors(one), one, 'sum'),
      OptionError,
      /reduction = sum, but expected 'mean' or 'none'/,
    );
  });
});

it.each<PerSampleLoss>([
  minimax(),
  nonSaturating(),
  leastSquares(),
  hinge,
  wasserstein,
  energyBased({ margin: 1 }),
  relativistic(hinge),
  relativisticAverage(hinge),
])('$name adds real and fake row by row, of batches of one size', (loss) => {
  refuses(
    () => loss.discriminator(tf.zeros([2, 1]), tf.zeros([3, 1]), 'none'),
    ShapeError,
    /\[2,1\] and fake \[3,1\]/,
  );
});

it('asks of the boundary equilibrium, too, that batches have one size', () => {
  const loss = boundaryEquilibrium();
  refuses(() => loss.discriminator(tf.zeros([2]), tf.zeros([3]), 0, 'none'), ShapeError, /one size/);
});

it('takes the mean over the patches of each sample', () => {
  const maps = () => tf.tensor4d([1, 2, 3, 6, 0, 0, 0, -4], [2, 2, 2, 1]);
  expect(evaluate(() => wasserstein.generator(maps(), undefined, 'none'))).toEqual([-3, 1]);
  expect(evaluate(() => wasserstein.discriminator(maps(), tf.tensor1d([5, 7]), 'none'))).toEqual([2, 8]);
});

it('needs a batch axis', () => {
  refuses(() => l1(tf.scalar(1), tf.scalar(0), 'none'), ShapeError, /\[N, …\]/);
  refuses(() => drift(tf.scalar(1), 'none'), ShapeError);
});

it('shows in the types', () => {
  const sides = (fake: tf.Tensor) =>
    [hinge.generator(fake), hinge.generator(fake, undefined, 'none')] as const;
  expectTypeOf<ReturnType<typeof sides>>().toEqualTypeOf<readonly [tf.Scalar, tf.Tensor1D]>();
  const distances = (a: tf.Tensor, b: tf.Tensor) => [l1(a, b), l1(a, b, 'mean'), l1(a, b, 'none')] as const;
  expectTypeOf<ReturnType<typeof distances>>().toEqualTypeOf<readonly [tf.Scalar, tf.Scalar, tf.Tensor1D]>();
});

function tensors(one: Case): Named {
  return Object.fromEntries(
    Object.entries(one.inputs).map(([k, { values, shape, dtype }]) => [k, tf.tensor(values, shape, dtype)]),
  );
}

/** To 1e-6 of the largest expected magnitude. */
function expectClose(got: tf.Tensor, want: tf.Tensor): void {
  const scale = Math.max(1e-6, ...Array.from(want.dataSync(), Math.abs));
  const error = tf.max(tf.abs(tf.sub(got, want))).dataSync()[0]!;
  expect(error / scale).toBeLessThan(1e-6);
}
