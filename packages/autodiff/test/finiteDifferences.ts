import * as tf from '@tensorflow/tfjs';

/** A differentiable function and the point where its derivatives are checked. */
export interface Case {
  name: string;
  f: (...inputs: tf.Tensor[]) => tf.Tensor;
  inputs: Values[];
}

export interface Values {
  shape: number[];
  values: number[];
}

/** Numbers in [0, 1) that depend on the seed alone (mulberry32). */
export function uniforms(count: number, seed: number): number[] {
  let state = Math.imul(seed, 0x9e3779b1);
  return Array.from({ length: count }, () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  });
}

let calls = 0;

const sizeOf = (shape: number[]) => shape.reduce((a, b) => a * b, 1);

/** Values from a range; the seed is the count of calls, so equal shapes do not get equal values. */
export function between(low: number, high: number, ...shape: number[]): Values {
  const values = uniforms(sizeOf(shape), 1000 + ++calls).map((u) => low + (high - low) * u);
  return { shape, values };
}

/**
 * Distinct values around zero in random order, at least 0.12 apart and 0.06 from zero: no kink and no tie
 * lies within a finite-difference step.
 */
export function spaced(...shape: number[]): Values {
  const size = sizeOf(shape);
  const order = uniforms(size, size + 7)
    .map((key, i) => ({ key, i }))
    .sort((a, b) => a.key - b.key);
  const values: number[] = [];
  for (const [rank, { i }] of order.entries()) values[i] = (rank - size / 2 + 0.5) * 0.12;
  return { shape, values };
}

/** Wraps a case so that its inputs and its outgoing derivative depend on the inputs themselves. */
export function nested({ name, f, inputs }: Case): Case {
  const before = (x: tf.Tensor) => tf.mul(x, tf.add(tf.mul(tf.square(x), 0.05), 1));
  const after = (y: tf.Tensor) => tf.mul(y, tf.add(tf.mul(y, 0.25), 1));
  return { name: `${name}, inside an expression`, f: (...xs) => after(f(...xs.map(before))), inputs };
}

const step = 0.01;
const directions = 2;
/** Relative error of a derivative that passes, and what float32 leaves uncertain. */
const tolerance = 5e-4;
const roundoff = 5e-6;

/** The result of one check: error / allowed, above 1 when it fails. */
export interface Check {
  excess: number;
  message: string;
}

type Lists = number[][];

const read = (tensors: tf.Tensor[]): Lists => tensors.map((t) => Array.from(t.dataSync()));

const dot = (a: Lists, b: Lists) => {
  let sum = 0;
  for (const [k, list] of a.entries()) for (const [i, x] of list.entries()) sum += x * b[k]![i]!;
  return sum;
};

/** d/dz <weights, F(z)>; zeros where F does not depend on an input. */
function gradient(F: (z: tf.Tensor[]) => tf.Tensor[], z: tf.Tensor[], weights: Lists): tf.Tensor[] {
  const weighted = () => tf.addN(F(z).map((y, k) => tf.sum(tf.mul(y, tf.tensor(weights[k]!, y.shape)))));
  const { grads } = tf.engine().gradients(weighted, z, undefined, true);
  return z.map((x, k) => grads[k] ?? tf.zerosLike(x));
}

/** Random weights for the values of `y`. */
const weightsFor = (y: { size: number }[], seed: number): Lists =>
  y.map(({ size }, k) => uniforms(size, seed + k).map((u) => 2 * u - 1));

/**
 * Compares the derivative of <weights, F(z)> with a central difference of fourth order along random
 * directions. Sums are formed in double precision.
 */
function compare(inputs: Values[], F: (z: tf.Tensor[]) => tf.Tensor[]): Check {
  const evaluate = (offset: number, direction: Lists, f: (z: tf.Tensor[]) => tf.Tensor[]): Lists => {
    let result: Lists = [];
    tf.tidy(() => {
      const point = inputs.map(({ shape, values }, k) =>
        tf.tensor(
          values.map((x, i) => x + offset * direction[k]![i]!),
          shape,
        ),
      );
      result = read(f(point));
    });
    return result;
  };
  const still = inputs.map(({ values }) => values.map(() => 0));
  const values = evaluate(0, still, F);
  const weights = weightsFor(
    values.map(({ length }) => ({ size: length })),
    31,
  );
  const derivative = evaluate(0, still, (z) => gradient(F, z, weights));

  const length = Math.sqrt(dot(derivative, derivative));
  const allowed =
    tolerance * length + roundoff * (1 + Math.sqrt(dot(values, values) * dot(weights, weights)));
  let worst: Check = { excess: 0, message: '' };
  for (let d = 0; d < directions; d++) {
    const direction = inputs.map(({ values: v }, k) =>
      uniforms(v.length, 101 + 13 * d + k).map((u) => (u < 0.5 ? -1 : 1)),
    );
    const difference = (s: number) =>
      dot(evaluate(s, direction, F), weights) - dot(evaluate(-s, direction, F), weights);
    const expected = (8 * difference(step) - difference(2 * step)) / (12 * step);
    const got = dot(derivative, direction);
    const excess = Math.abs(got - expected) / allowed;
    if (!(excess <= worst.excess)) {
      const message = `derivative ${got}, finite difference ${expected}, |gradient| ${length}, allowed ${allowed}`;
      worst = { excess, message };
    }
  }
  return worst;
}

/**
 * Checks the derivative of the given order with respect to all inputs at once. Above the first order, it is
 * the derivative of a random combination of the derivative before: all blocks of the Hessian.
 */
export function check({ f, inputs }: Case, order: number): Check {
  let F = (z: tf.Tensor[]) => [f(...z)];
  for (let n = 1; n < order; n++) {
    const lower = F;
    F = (z) => {
      const weights = weightsFor(
        tf.tidy(() => lower(z)),
        17 + n,
      );
      return gradient(lower, z, weights);
    };
  }
  return compare(inputs, F);
}
