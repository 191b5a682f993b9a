import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { enableHigherOrderGradients } from '../src/index.js';
import { table } from './derivativeTable.js';
import type { Case } from './finiteDifferences.js';

type Gradients = (
  f: () => tf.Tensor,
  xs: tf.Tensor[],
  dy: undefined,
  allow: boolean,
) => { grads: tf.Tensor[] };

const engine = () => tf.engine() as unknown as { gradients?: Gradients };

/** Runs `f` with the backward pass of TensorFlow.js, on the same tape and gradients. */
function withStockPass<T>(f: () => T): T {
  const { gradients } = engine();
  delete engine().gradients;
  try {
    return f();
  } finally {
    engine().gradients = gradients!;
  }
}

/** The derivatives by all inputs, of order 1 or 2: the second of what depends on every first one differently. */
function derivatives({ f, inputs }: Case, order: number): number[][] {
  const weighted = (y: tf.Tensor) => tf.sum(tf.mul(y, tf.reshape(tf.linspace(-1, 1, y.size), y.shape)));
  const of = (lower: (xs: tf.Tensor[]) => tf.Tensor, xs: tf.Tensor[]) => {
    const { grads } = engine().gradients!(() => lower(xs), xs, undefined, true);
    return xs.map((x, i) => grads[i] ?? tf.zerosLike(x));
  };
  let lower = (xs: tf.Tensor[]) => weighted(f(...xs));
  for (let n = 1; n < order; n++) {
    const first = lower;
    lower = (xs) => tf.addN(of(first, xs).map(weighted));
  }
  let values: number[][] = [];
  tf.tidy(() => {
    const xs = inputs.map(({ values, shape }) => tf.tensor(values, shape));
    values = of(lower, xs).map((gradient) => Array.from(gradient.dataSync()));
  });
  return values;
}

describe('the backward pass gives the numbers of TensorFlow.js, to the last digit', () => {
  beforeAll(enableHigherOrderGradients);

  for (const [family, cases] of Object.entries(table)) {
    it(family, () => {
      for (const each of cases) {
        for (const order of [1, 2]) {
          const expected = withStockPass(() => derivatives(each, order));
          expect(derivatives(each, order), `${each.name}, order ${order}`).toEqual(expected);
        }
      }
    });
  }
});
