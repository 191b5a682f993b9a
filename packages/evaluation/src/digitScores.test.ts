import { registerWasmBackend } from '@ganjs/backend-wasm';
import type { LabelledBatch } from '@ganjs/datasets';
import { mnist } from '@ganjs/datasets/node';
import { type MnistClassifier, mnistClassifier } from '@ganjs/encoders/mnist';
import { NonFiniteError, OptionError } from '@ganjs/errors';
import { GaussianStatistics, rows } from '@ganjs/metrics';
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digitScores } from './index.js';
import { rowsOf } from './testing.js';

let classifier: MnistClassifier;
/** The first of the test images, in an order of their own. */
let test: { images: tf.Tensor4D; labels: Int32Array };
const digits = (from: number, to: number) => tf.slice(test.images, [from, 0, 0, 0], [to - from, -1, -1, -1]);

beforeAll(async () => {
  await tf.setBackend(await registerWasmBackend());
  classifier = mnistClassifier();
  const { images, labels } = await rowsOf<LabelledBatch>(await mnist.open({ split: 'test' }), 2500);
  test = { images, labels: await labels.data<'int32'>() };
  labels.dispose();
});
afterAll(() => {
  classifier.dispose();
  test.images.dispose();
});

describe('digitScores', () => {
  it('finds nothing wrong with real images', async () => {
    const images = digits(0, 1000);
    const report = await digitScores(images, { labels: test.labels.subarray(0, 1000), classifier });
    expect(report).toMatchObject({ samples: 1000, classesCovered: 10 });
    expect(report.largestShare).toBeLessThan(0.13);
    expect(report.confidence).toBeGreaterThan(0.97);
    expect(report.agreement).toBeGreaterThan(0.975);
    expect(report.protocol.reference).toBe('the 10,000 MNIST test images');
    images.dispose();
  });

  it('grows with noise', async () => {
    const distances = [];
    for (const noise of [0, 0.3, 1]) {
      const images = tf.tidy(() => {
        const clean = digits(0, 1000);
        return tf.clipByValue(tf.add(clean, tf.randomNormal(clean.shape, 0, noise, 'float32', 5)), -1, 1);
      }) as tf.Tensor4D;
      distances.push((await digitScores(images, { classifier })).frechet);
      images.dispose();
    }
    expect(distances[0]).toBeLessThan(15);
    expect(distances[1]).toBeGreaterThan(2 * distances[0]!);
    expect(distances[2]).toBeGreaterThan(2 * distances[1]!);
  });

  it('sees a collapse to one digit', async () => {
    const ones = [...test.labels.keys()].filter((i) => test.labels[i] === 1).slice(0, 200);
    const images = tf.tidy(() => tf.concat(ones.map((i) => digits(i, i + 1))));
    const report = await digitScores(images, { labels: new Array(200).fill(2), classifier });
    expect(report.largestShare).toBeGreaterThan(0.97);
    expect(report.shares[1]).toBe(report.largestShare);
    expect(report.agreement).toBeLessThan(0.03);
    images.dispose();
  });

  it('unpacks and frees a classifier of its own, and takes another reference', async () => {
    const images = digits(0, 50);
    const before = tf.memory().numTensors;
    const report = await digitScores(images, {
      reference: { mean: new Float64Array(64), covariance: new Float64Array(64 * 64) },
    });
    expect(tf.memory().numTensors).toBe(before);
    expect(report.protocol.reference).toBe('given');
    const features = classifier.features(images);
    const { mean, covariance } = new GaussianStatistics(64).add(rows(await features.data(), 64)).gaussian();
    // To a point in the origin: the squared length of the mean, and the trace.
    const trace = Array.from({ length: 64 }, (_, i) => covariance[i * 65]!).reduce((a, b) => a + b);
    const squares = mean.reduce((sum, value) => sum + value * value, 0);
    expect(report.frechet / (trace + squares)).toBeCloseTo(1, 6);
    tf.dispose([images, features]);
  });

  it('refuses bytes, NaN and single images, and leaks nothing then', async () => {
    const bytes = tf.fill([2, 28, 28, 1], 200) as tf.Tensor4D;
    const broken = tf.fill([2, 28, 28, 1], Number.NaN) as tf.Tensor4D;
    const single = digits(0, 1);
    await expect(digitScores(bytes)).rejects.toThrow(OptionError);
    await expect(digitScores(broken)).rejects.toThrow(NonFiniteError);
    await expect(digitScores(single)).rejects.toThrow(OptionError);
    tf.dispose([bytes, broken, single]);
  });
});
