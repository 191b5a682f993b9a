import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { GanjsAdam, registerWasmBackend, WasmArgumentError } from '../index.js';
import { numbers, relativeError } from '../testing.js';

beforeAll(async () => {
  await tf.setBackend(await registerWasmBackend());
});

/** A variable that is the only owner of its memory. */
function variableOf(values: ArrayLike<number>): tf.Variable {
  return tf.tidy(() => tf.variable(tf.tensor1d(Array.from(values))));
}

const hyper = { learningRate: 0.01, beta1: 0.5, beta2: 0.9, epsilon: 1e-7 };

function run(inputs: object, step: number): void {
  const correction1 = 1 - hyper.beta1 ** step;
  const correction2 = 1 - hyper.beta2 ** step;
  tf.engine().runKernel(GanjsAdam, inputs as tf.NamedTensorMap, { ...hyper, correction1, correction2 });
}

describe(GanjsAdam, () => {
  it('does what the formula says, over several variables and steps', () => {
    const sizes = [1, 7, 70_001];
    const start = sizes.map((size, i) => numbers(size, i + 1));
    const variables = start.map((w) => variableOf(w));
    const moments = () => sizes.map((size) => tf.zeros([size]));
    const first = moments();
    const second = moments();
    const w = start.map((x) => Float64Array.from(x));
    const m = sizes.map((size) => new Float64Array(size));
    const v = sizes.map((size) => new Float64Array(size));
    for (let step = 1; step <= 3; step++) {
      const g = sizes.map((size, i) => numbers(size, 10 * step + i));
      const gradients = g.map((x) => tf.tensor1d(x));
      run({ variables, gradients, first, second }, step);
      tf.dispose(gradients);
      for (const [i, size] of sizes.entries()) {
        for (let j = 0; j < size; j++) {
          m[i]![j] = hyper.beta1 * m[i]![j]! + (1 - hyper.beta1) * g[i]![j]!;
          v[i]![j] = hyper.beta2 * v[i]![j]! + (1 - hyper.beta2) * g[i]![j]! ** 2;
          const direction =
            m[i]![j]! /
            (1 - hyper.beta1 ** step) /
            (Math.sqrt(v[i]![j]! / (1 - hyper.beta2 ** step)) + hyper.epsilon);
          w[i]![j] = w[i]![j]! - hyper.learningRate * direction;
        }
      }
    }
    for (const [i, variable] of variables.entries()) {
      expect(relativeError(variable.dataSync(), w[i]!)).toBeLessThan(1e-6);
      expect(relativeError(first[i]!.dataSync(), m[i]!)).toBeLessThan(1e-6);
      expect(relativeError(second[i]!.dataSync(), v[i]!)).toBeLessThan(1e-6);
    }
    tf.dispose([variables, first, second]);
  });

  it('leaves clones of the weights as they were', () => {
    const variable = variableOf([1, 2]);
    const before = variable.clone();
    const [gradient, first, second] = [tf.tensor1d([1, 1]), tf.zeros([2]), tf.zeros([2])];
    run({ variables: [variable], gradients: [gradient], first: [first], second: [second] }, 1);
    expect([...before.dataSync()]).toEqual([1, 2]);
    expect(relativeError(variable.dataSync(), [0.99, 1.99])).toBeLessThan(1e-6);
    tf.dispose([variable, before, gradient!, first!, second!]);
  });

  it('refuses lists that do not match', () => {
    const w = variableOf([0, 0]);
    const g = tf.zeros([3]);
    expect(() => run({ variables: [w], gradients: [g], first: [g], second: [g] }, 1)).toThrow(
      WasmArgumentError,
    );
    expect(() => run({ variables: [w], gradients: [], first: [], second: [] }, 1)).toThrow(/missing/);
    tf.dispose([w, g]);
  });
});
