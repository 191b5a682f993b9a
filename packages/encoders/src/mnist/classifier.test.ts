import { registerWasmBackend } from '@ganjs/backend-wasm';
import { GaussianStatistics, rows } from '@ganjs/metrics';
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mnistFiles } from '../../scripts/mnistFiles.js';
import { ShapeError } from '../index.js';
import { MNIST_ACCURACY, mnistClassifier, mnistReference } from './index.js';

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
      const { features, probabilities } = classifier.classify(images);
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
      const { features, probabilities } = classifier.classify(images);
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
