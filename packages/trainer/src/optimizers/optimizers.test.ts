import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { adam, linearDecay, type Optimizer, rmsProp, sgd } from '../index.js';

const fixture = JSON.parse(
  readFileSync(new URL('../../fixtures/optimizers.json', import.meta.url), 'utf8'),
) as { start: number[]; gradients: number[][]; results: Record<string, number[][]> };

const cases: Record<string, Optimizer> = {
  adam: adam({ learningRate: 2e-3, beta1: 0.5, beta2: 0.99, epsilon: 1e-7 }),
  'adam-defaults': adam({ learningRate: 1e-3 }),
  rmsProp: rmsProp({ learningRate: 5e-3, decay: 0.9, epsilon: 1e-6 }),
  'rmsProp-defaults': rmsProp({ learningRate: 1e-3 }),
  sgd: sgd({ learningRate: 0.1 }),
  'sgd-momentum': sgd({ learningRate: 0.1, momentum: 0.7 }),
};

describe('optimizers', () => {
  it.each(Object.keys(fixture.results))('%s steps like PyTorch', (name) => {
    const weight = tf.tidy(() => tf.variable(tf.tensor2d(fixture.start, [3, 2])));
    const untouched = tf.tidy(() => tf.variable(tf.scalar(5)));
    const run = cases[name]!.start([untouched, weight]);
    for (const [i, values] of fixture.gradients.entries()) {
      const gradient = tf.tensor2d(values, [3, 2]);
      run.step([undefined, gradient], 0);
      gradient.dispose();
      for (const [k, value] of weight.dataSync().entries()) {
        expect(value).toBeCloseTo(fixture.results[name]![i]![k]!, 5);
      }
    }
    expect(run.count).toBe(5);
    expect(untouched.arraySync()).toBe(5);
    run.dispose();
    tf.dispose([weight, untouched]);
  });

  it.each([adam, rmsProp, sgd])('$name follows a schedule', (optimizer) => {
    const step = (learningRate: Parameters<typeof adam>[0]['learningRate'], progress: number) =>
      tf.tidy(() => {
        const weight = tf.variable(tf.scalar(0));
        const run = optimizer({ learningRate }).start([weight]);
        run.step([tf.scalar(1)], progress);
        const value = weight.arraySync() as number;
        run.dispose();
        weight.dispose();
        return value;
      });
    const schedule = linearDecay(0.1, { from: 0.6 });
    expect(step(schedule, 0.3)).toBe(step(0.1, 0.3));
    expect(step(schedule, 0.8)).toBeCloseTo(step(0.05, 0.8), 7);
  });

  it('refuse numbers out of range', () => {
    expect(() => adam({ learningRate: 0 })).toThrow(/learningRate is 0/);
    expect(() => adam({ learningRate: 1, beta1: 1 })).toThrow(/beta1 is 1/);
    expect(() => rmsProp({ learningRate: 1, decay: 1 })).toThrow(/decay is 1/);
    expect(() => rmsProp({ learningRate: 1, epsilon: 0 })).toThrow(/epsilon is 0/);
    expect(() => sgd({ learningRate: -1 })).toThrow(/learningRate is -1/);
    expect(() => linearDecay(1, { from: 1 })).toThrow(/from is 1/);
    expect(() => sgd({ learningRate: 1, momentum: 2 })).toThrow(/momentum is 2/);
  });
});
