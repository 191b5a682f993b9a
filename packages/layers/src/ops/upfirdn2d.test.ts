import { registerWasmBackend } from '@ganjs/backend-wasm';
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Case, expectClose, load, readCases } from '../../test/fixtures.js';
import { scoped } from '../../test/support.js';
import { LayerConfigError, LayerShapeError } from '../errors.js';
import {
  downsamplePadding,
  normalizeFilter,
  type UpfirdnOptions,
  upfirdn2d,
  upsamplePadding,
} from './upfirdn2d.js';

type UpfirdnCase = Omit<Case, 'config'> & { config: UpfirdnOptions & { filter: number[] } };

// One backend composes it of operations, the other has a kernel for it.
describe.each(['cpu', 'ganjs-wasm'])('upfirdn2d on %s', (backend) => {
  beforeAll(async () => {
    await registerWasmBackend();
    await tf.setBackend(backend);
  });
  afterAll(async () => void (await tf.setBackend('cpu')));

  it.each(readCases<UpfirdnCase>('upfirdn2d'))('agrees with PyTorch: $config', (testCase) => {
    const { filter, ...options } = testCase.config;
    scoped(() => {
      const x = load(testCase.inputs[0]!) as tf.Tensor4D;
      const cotangent = load(testCase.cotangent);
      expectClose(upfirdn2d(x, filter, options), testCase.output, 1e-5, 'output');
      const gradient = tf.grad((v) =>
        upfirdn2d(v as tf.Tensor4D, filter, options)
          .mul(cotangent)
          .sum(),
      );
      expectClose(gradient(x), testCase.gradients[0]!, 1e-4, 'gradient');
    });
  });

  it('agrees with published values', () => {
    scoped(() => {
      const low = normalizeFilter([1, 3, 3, 1]);
      const up = (x: tf.Tensor4D) => upfirdn2d(x, low, { up: 2, padding: upsamplePadding(4, 2), gain: 4 });
      const down = (x: tf.Tensor4D) => upfirdn2d(x, low, { down: 2, padding: downsamplePadding(4, 2) });
      expect([...up(tf.tensor4d([1, 2, 3, 4], [1, 2, 2, 1])).dataSync()]).toEqual(
        [
          [0.5625, 0.9375, 1.3125, 1.125],
          [1.125, 1.75, 2.25, 1.875],
          [1.875, 2.75, 3.25, 2.625],
          [1.6875, 2.4375, 2.8125, 2.25],
        ].flat(),
      );
      expect([...down(tf.range(0, 16).reshape([1, 4, 4, 1])).dataSync()]).toEqual([
        2.734375, 3.9375, 7.546875, 8.75,
      ]);
    });
  });

  it('is the same for a separable filter and its grid', () => {
    scoped(() => {
      const x = tf.randomNormal<tf.Rank.R4>([1, 5, 6, 2], 0, 1, 'float32', 1);
      const taps = [0.2, -0.5, 1];
      const grid = taps.map((a) => taps.map((b) => a * b));
      const options = { up: 2, down: 3, padding: [3, 1] as const };
      const difference = upfirdn2d(x, taps, options).sub(upfirdn2d(x, grid, options));
      expect(difference.abs().max().dataSync()[0]).toBeLessThan(1e-6);
    });
  });

  it('has the second derivative of a linear map: the gradient of a penalty is twice the map applied back', () => {
    scoped(() => {
      const options = { up: 2, padding: [2, 1] as const };
      const low = [1, 2, 1];
      const inner = (y: tf.Tensor, x: tf.Tensor) =>
        tf.grads((a, b) =>
          upfirdn2d(a as tf.Tensor4D, low, options)
            .mul(b)
            .sum(),
        )([x, y])[0]!;
      const x = tf.ones([1, 3, 3, 1]);
      const y = tf.randomNormal([1, 7, 7, 1], 0, 1, 'float32', 1);
      const gradient = tf.grad((v) => inner(v, x).square().sum())(y);
      const expected = upfirdn2d(inner(y, x).mul(2) as tf.Tensor4D, low, options);
      expect(gradient.sub(expected).abs().max().dataSync()[0]).toBeLessThan(1e-4);
    });
  });

  it('names what it expects', () => {
    scoped(() => {
      expect(() => upfirdn2d(tf.ones([1, 2, 2, 1]), [1, 1, 1])).toThrow(LayerShapeError);
      expect(() => upfirdn2d(tf.ones([1, 2, 2, 1]), [])).toThrow(LayerConfigError);
    });
  });
});
