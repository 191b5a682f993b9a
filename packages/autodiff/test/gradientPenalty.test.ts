import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { gradientNorm, gradientOf } from '../src/index.js';

interface Packed {
  shape: number[];
  values: number[];
}

interface Fixture {
  slope: number;
  lambda: number;
  cases: {
    stride: number;
    images: Packed;
    weights: Record<string, Packed>;
    scores: Packed;
    gradient: Packed;
    penalty: number;
    penaltyGradients: Record<string, Packed>;
  }[];
}

const fixture: Fixture = JSON.parse(
  readFileSync(new URL('../fixtures/gradientPenalty.json', import.meta.url), 'utf8'),
);

const unpack = ({ values, shape }: Packed) => tf.tensor(values, shape);

/** The largest error, relative to the largest value. */
function relativeError(actual: tf.Tensor, expected: Packed): number {
  expect(actual.shape).toEqual(expected.shape);
  const scale = Math.max(...expected.values.map(Math.abs));
  return Math.max(...Array.from(actual.dataSync(), (x, i) => Math.abs(x - expected.values[i]!))) / scale;
}

/** conv -> leakyReLU -> conv -> dense -> tanh. */
function critic(images: tf.Tensor, weights: Record<string, tf.Tensor>, stride: number): tf.Tensor {
  const w = (name: string) => weights[name] as tf.Tensor4D;
  const first = tf.add(tf.conv2d(images as tf.Tensor4D, w('filter1'), stride, 'same'), w('bias1'));
  const second = tf.conv2d(tf.leakyRelu(first, fixture.slope) as tf.Tensor4D, w('filter2'), 1, 'same');
  const flat = tf.reshape(tf.add(second, w('bias2')), [images.shape[0]!, -1]);
  return tf.tanh(tf.add(tf.matMul(flat, w('dense')), w('biasDense')));
}

describe('a gradient penalty agrees with PyTorch (create_graph=True)', () => {
  for (const each of fixture.cases) {
    it(`images [${each.images.shape}], stride ${each.stride}`, () => {
      tf.tidy(() => {
        const names = Object.keys(each.weights);
        const images = unpack(each.images);
        const penalty = (...tensors: tf.Tensor[]) => {
          const weights = Object.fromEntries(names.map((name, i) => [name, tensors[i]!]));
          const { value, gradient } = gradientOf((x) => critic(x, weights, each.stride))(images);
          expect(relativeError(value, each.scores)).toBeLessThan(1e-5);
          expect(relativeError(gradient, each.gradient)).toBeLessThan(1e-5);
          return tf.mul(tf.mean(tf.square(tf.sub(gradientNorm(gradient), 1))), fixture.lambda);
        };
        const { value, grads } = tf.valueAndGrads(penalty)(names.map((name) => unpack(each.weights[name]!)));
        expect(Math.abs(value.dataSync()[0]! / each.penalty - 1)).toBeLessThan(1e-5);
        for (const [i, name] of names.entries()) {
          expect(relativeError(grads[i]!, each.penaltyGradients[name]!), name).toBeLessThan(1e-4);
        }
      });
    });
  }
});
