import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { adam, linearDecay, type Optimizer, rmsProp, sgd } from '../index.js';
import { resetOptimizer } from './optimizer.js';

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

const start = { step: 0, batch: 1, images: 0, progress: 0 };

describe('optimizers', () => {
  it.each(Object.keys(fixture.results))('%s steps like PyTorch', (name) => {
    const weight = tf.tidy(() => tf.variable(tf.tensor2d(fixture.start, [3, 2])));
    const untouched = tf.tidy(() => tf.variable(tf.scalar(5)));
    const run = cases[name]!.start([untouched, weight]);
    for (const [i, values] of fixture.gradients.entries()) {
      const gradient = tf.tensor2d(values, [3, 2]);
      run.step([undefined, gradient], start);
      gradient.dispose();
      for (const [k, value] of weight.dataSync().entries()) {
        expect(value).toBeCloseTo(fixture.results[name]![i]![k]!, 5);
      }
    }
    expect(run.counts).toEqual(run.counts.length > 0 ? [0, 5] : []);
    expect(untouched.arraySync()).toBe(5);
    run.dispose();
    tf.dispose([weight, untouched]);
  });

  it.each([adam, rmsProp, sgd])('$name follows a schedule', (optimizer) => {
    const step = (learningRate: Parameters<typeof adam>[0]['learningRate'], progress: number) =>
      tf.tidy(() => {
        const weight = tf.variable(tf.scalar(0));
        const run = optimizer({ learningRate }).start([weight]);
        run.step([tf.scalar(1)], { ...start, progress });
        const value = weight.arraySync() as number;
        run.dispose();
        weight.dispose();
        return value;
      });
    const schedule = linearDecay(0.1, { from: 0.6 });
    expect(step(schedule, 0.3)).toBe(step(0.1, 0.3));
    expect(step(schedule, 0.8)).toBeCloseTo(step(0.05, 0.8), 7);
  });

  it('adam counts the updates of each weight: one whose first gradient comes late starts as all did', () => {
    const [early, late] = [0, 0].map(() => tf.tidy(() => tf.variable(tf.scalar(0)))) as [
      tf.Variable,
      tf.Variable,
    ];
    const run = adam({ learningRate: 0.01, beta1: 0, beta2: 0.99 }).start([early, late]);
    const gradient = tf.scalar(1);
    for (let i = 0; i < 200; i++) run.step([gradient, undefined], start);
    run.step([gradient, gradient], start);
    // Not 9.3 times the learning rate, as with the count of its player.
    expect(late.arraySync()).toBeCloseTo(-0.01, 6);
    expect(run.counts).toEqual([201, 1]);
    tf.dispose([gradient, early, late]);
    run.dispose();
  });

  it('forget what they know when they are reset', () => {
    const weight = tf.tidy(() => tf.variable(tf.scalar(0)));
    const run = adam({ learningRate: 0.01 }).start([weight]);
    const gradient = tf.scalar(1);
    for (let i = 0; i < 3; i++) run.step([gradient], start);
    resetOptimizer(run);
    expect(run.counts).toEqual([0]);
    expect(run.slots.first![0]!.arraySync()).toBe(0);
    expect(run.slots.second![0]!.arraySync()).toBe(0);
    tf.dispose([gradient, weight]);
    run.dispose();
  });

  it('say what a schedule gets when it gives no number', () => {
    const weight = tf.tidy(() => tf.variable(tf.scalar(0)));
    const run = sgd({ learningRate: (progress) => 0.1 * (1 - Number(progress)) }).start([weight]);
    const gradient = tf.scalar(1);
    expect(() => run.step([gradient], start)).toThrow(
      /NaN from the schedule of learningRate at step 0.*gets a moment/,
    );
    tf.dispose([gradient, weight]);
    run.dispose();
  });

  it('refuse numbers out of range', () => {
    expect(() => adam({ learningRate: 0 })).toThrow(/learningRate = 0/);
    expect(() => adam({ learningRate: 1, beta1: 1 })).toThrow(/beta1 = 1/);
    expect(() => rmsProp({ learningRate: 1, decay: 1 })).toThrow(/decay = 1/);
    expect(() => rmsProp({ learningRate: 1, epsilon: 0 })).toThrow(/epsilon = 0/);
    expect(() => sgd({ learningRate: -1 })).toThrow(/learningRate = -1/);
    expect(() => linearDecay(1, { from: 1 })).toThrow(/from = 1/);
    expect(() => sgd({ learningRate: 1, momentum: 2 })).toThrow(/momentum = 2/);
  });
});
