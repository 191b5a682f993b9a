import { registerWasmBackend } from '@ganjs/backend-wasm';
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mnistFiles } from '../../scripts/mnistFiles.ts';
import { GaussianStatistics, NonFiniteError, OptionError, rows, ShapeError } from '../index.ts';
import { evaluateMnistSamples, MNIST_ACCURACY, mnistClassifier, mnistReference } from '../mnist.ts';

const test = mnistFiles('t10k');
const PIXELS = 28 * 28;
const digits = (from: number, to: number) =>
  tf.tensor4d(test.images.subarray(from * PIXELS, to * PIXELS), [to - from, 28, 28, 1]);

let classifier: ReturnType<typeof mnistClassifier>;
beforeAll(async () => {
  await tf.setBackend(await registerWasmBackend());
  classifier = mnistClassifier();
});
afterAll(() => classifier.dispose());

describe('mnistClassifier', () => {
  it('recognises at least 98.5% of the 10,000 test images, whose features are the reference', async () => {
    const statistics = new GaussianStatistics(64);
    let right = 0;
    for (let from = 0; from < 10_000; from += 1000) {
      const images = digits(from, from + 1000);
      const { features, probabilities } = classifier.judge(images);
      const found = tf.argMax(probabilities, -1);
      statistics.add(rows(await features.data(), 64));
      Array.from(await found.data()).forEach((digit, i) => {
        if (digit === test.labels[from + i]) right++;
      });
      tf.dispose([images, features, probabilities, found]);
    }
    expect(right / 10_000).toBeGreaterThanOrEqual(0.985);
    // Near ties may fall either way on another backend.
    expect(right / 10_000).toBeCloseTo(MNIST_ACCURACY, 3);
    const reference = mnistReference();
    const { mean, covariance } = statistics.gaussian();
    const scale = Math.max(...reference.covariance);
    expect(Math.max(...mean.map((value, i) => Math.abs(value - reference.mean[i]!)))).toBeLessThan(
      1e-4 * scale,
    );
    expect(
      Math.max(...covariance.map((value, i) => Math.abs(value - reference.covariance[i]!))),
    ).toBeLessThan(1e-4 * scale);
  });

  it('gives features and probabilities, together or apart', () => {
    tf.tidy(() => {
      const images = digits(0, 3);
      const { features, probabilities } = classifier.judge(images);
      expect(features.shape).toEqual([3, 64]);
      expect(probabilities.shape).toEqual([3, 10]);
      expect(classifier.features(images).dataSync()).toEqual(features.dataSync());
      expect(classifier.probabilities(images).dataSync()).toEqual(probabilities.dataSync());
      for (const sum of probabilities.sum(-1).dataSync()) expect(sum).toBeCloseTo(1, 5);
    });
  });

  it('refuses images of another size', () => {
    const images = tf.zeros<tf.Rank.R4>([1, 32, 32, 1]);
    expect(() => classifier.probabilities(images)).toThrow(ShapeError);
    images.dispose();
  });
});

describe('evaluateMnistSamples', () => {
  it('finds nothing wrong with real images', async () => {
    const images = digits(0, 1000);
    const report = await evaluateMnistSamples(images, { labels: test.labels.subarray(0, 1000), classifier });
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
      distances.push((await evaluateMnistSamples(images, { classifier })).frechet);
      images.dispose();
    }
    expect(distances[0]).toBeLessThan(15);
    expect(distances[1]).toBeGreaterThan(2 * distances[0]!);
    expect(distances[2]).toBeGreaterThan(2 * distances[1]!);
  });

  it('sees a collapse to one digit', async () => {
    const ones = [...test.labels.keys()].filter((i) => test.labels[i] === 1).slice(0, 200);
    const images = tf.tidy(() => tf.concat(ones.map((i) => digits(i, i + 1))));
    const report = await evaluateMnistSamples(images, { labels: new Array(200).fill(2), classifier });
    expect(report.largestShare).toBeGreaterThan(0.97);
    expect(report.shares[1]).toBe(report.largestShare);
    expect(report.agreement).toBeLessThan(0.03);
    images.dispose();
  });

  it('unpacks and frees a classifier of its own, and takes another reference', async () => {
    const images = digits(0, 50);
    const before = tf.memory().numTensors;
    const report = await evaluateMnistSamples(images, {
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
    await expect(evaluateMnistSamples(bytes)).rejects.toThrow(OptionError);
    await expect(evaluateMnistSamples(broken)).rejects.toThrow(NonFiniteError);
    await expect(evaluateMnistSamples(single)).rejects.toThrow(OptionError);
    tf.dispose([bytes, broken, single]);
  });
});
