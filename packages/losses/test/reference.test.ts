import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import * as losses from '../src/index.js';
import { type Case, cases, largestError, toTensor } from './fixtures.js';
import { functions } from './functions.js';

/** Exports that are not functions of tensors to be compared: plain arithmetic with tests of its own, and errors. */
const ownTests = ['lazy', 'lazyAdamRates', 'LossError', 'MissingInputError', 'OptionError', 'ShapeError'];

const byFunction = new Map<string, Case[]>();
for (const file of ['adversarial', 'regularizers', 'auxiliary']) {
  for (const one of cases(file)) {
    byFunction.set(one.function, [...(byFunction.get(one.function) ?? []), one]);
  }
}

describe.each([...byFunction])('%s against PyTorch', (name, recorded) => {
  it('agrees on at least three shapes', () => {
    const shapes = new Set(
      recorded.map(({ inputs }) =>
        Object.values(inputs)
          .map(({ shape }) => shape.join())
          .join(';'),
      ),
    );
    expect(shapes.size).toBeGreaterThanOrEqual(3);
  });

  it.each(recorded.map((one, i) => [`case ${i}`, one] as const))('%s', (_, one) => {
    tf.tidy(() => {
      const evaluate = functions[name]!;
      const inputs = Object.fromEntries(Object.entries(one.inputs).map(([k, x]) => [k, toTensor(x)]));
      const wanted = Object.keys(one.gradients);

      const value = evaluate(inputs, one.options);
      expect(value.size).toBe(one.value.values.length);
      expect(largestError(value.dataSync(), one.value.values, 1)).toBeLessThan(1e-5);

      if (wanted.length === 0) return;
      const probe = tf.tensor(
        Array.from({ length: value.size }, (_, i) => Math.cos(i)),
        value.shape,
      );
      const gradients = tf.grads((...varied: tf.Tensor[]) => {
        const merged = { ...inputs, ...Object.fromEntries(wanted.map((k, i) => [k, varied[i]!])) };
        return tf.sum(tf.mul(evaluate(merged, one.options), probe));
      })(wanted.map((k) => inputs[k]!));
      for (const [i, k] of wanted.entries()) {
        expect(largestError(gradients[i]!.dataSync(), one.gradients[k]!, 1e-6), k).toBeLessThan(1e-4);
      }
    });
  });
});

it('compares every exported function of tensors', () => {
  const covered = new Set([...byFunction.keys()].map((name) => name.match(/^\w+/)![0]));
  const missing = Object.keys(losses).filter((name) => !covered.has(name) && !ownTests.includes(name));
  expect(missing).toEqual([]);
});
