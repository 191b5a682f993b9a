import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, expect } from 'vitest';

/** Fails a test file that leaves more tensors behind than it found. Runs around every test file. */
let before = 0;

beforeAll(async () => {
  await tf.ready();
  before = tf.memory().numTensors;
});

afterAll(() => {
  expect(tf.memory().numTensors - before, 'tensors leaked by this test file').toBe(0);
});
