import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { registerWasmBackend } from '../register.js';
import { numbers } from '../testing.js';
import { sameAsCpu } from './sameAsCpu.testing.js';

/** Numbers of every size and sign, special values, and a remainder of 3 for every vector length. */
function samples(length: number, exponents: number): Float32Array {
  const spread = numbers(length, 7).map((m, i) => m * 2 ** ((i % (2 * exponents + 1)) - exponents));
  const special = [0, 1, -1, 0.5, -0.5, 1.5, 2.5, -2.5, 88, -87, 1e-30, 3e38, -3e38, 1e-40];
  const data = [...spread, ...special, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  while (data.length % 8 !== 3) data.push(0.25);
  return Float32Array.from(data);
}

const scratch = new Float32Array(1);
const scratchBits = new Int32Array(scratch.buffer);

/** Distance to the exact value in units of the last place that float32 has there. */
function ulps(actual: number, exact: number): number {
  if (Object.is(Math.fround(exact), actual) || Math.fround(exact) === actual) return 0;
  scratch[0] = Math.abs(exact);
  scratchBits[0]! &= 0x7f800000;
  const unit = Math.max(scratch[0] * 2 ** -23, 2 ** -149);
  return Math.abs(actual - exact) / unit;
}

/** erf by its series and its continued fraction. */
function erf(x: number): number {
  const a = Math.abs(x);
  if (a > 6) return Math.sign(x);
  if (a < 3) {
    let term = x;
    let sum = x;
    for (let n = 1; n < 120; n++) {
      term *= (-x * x) / n;
      sum += term / (2 * n + 1);
    }
    return (2 / Math.sqrt(Math.PI)) * sum;
  }
  let fraction = 0;
  for (let n = 60; n > 0; n--) fraction = n / 2 / (a + fraction);
  return Math.sign(x) * (1 - Math.exp(-a * a) / (Math.sqrt(Math.PI) * (a + fraction)));
}

/** Each function, the exact one, and the largest error in ulp. */
const accurate: [string, (x: tf.Tensor) => tf.Tensor, (x: number) => number, number][] = [
  ['exp', tf.exp, Math.exp, 1.5],
  ['expm1', tf.expm1, Math.expm1, 2.5],
  ['log', tf.log, Math.log, 1.5],
  ['log1p', tf.log1p, Math.log1p, 2.5],
  ['tanh', tf.tanh, Math.tanh, 3],
  ['sigmoid', tf.sigmoid, (x) => (x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x))), 3],
  ['softplus', tf.softplus, (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))), 3],
  ['elu', tf.elu, (x) => (x < 0 ? Math.expm1(x) : x), 2.5],
  ['sqrt', tf.sqrt, Math.sqrt, 0.51],
  ['rsqrt', tf.rsqrt, (x) => 1 / Math.sqrt(x), 1.5],
  ['reciprocal', tf.reciprocal, (x) => 1 / x, 0.51],
  ['erf', tf.erf, erf, 3],
  ['sin', tf.sin, Math.sin, 2],
  ['cos', tf.cos, Math.cos, 2],
];

describe('functions of one element', () => {
  it.each(accurate)('%s is accurate on all float32 numbers', async (_, op, exact, limit) => {
    await tf.setBackend(await registerWasmBackend());
    for (const exponents of [6, 60]) {
      const x = samples(6000, exponents);
      const y = tf.tidy(() => op(tf.tensor1d(x)).dataSync());
      let worst = { error: 0, x: 0, y: 0 };
      for (let i = 0; i < x.length; i++) {
        const expected = exact(x[i]!);
        if (Number.isNaN(expected)) {
          expect(y[i], `${x[i]}`).toBeNaN();
          continue;
        }
        const error = ulps(y[i]!, expected);
        if (!(error <= worst.error)) worst = { error, x: x[i]!, y: y[i]! };
      }
      expect(worst.error, `at ${worst.x}: ${worst.y}`).toBeLessThan(limit);
    }
  });

  const exact: [string, (x: tf.Tensor) => tf.Tensor][] = [
    ['abs', tf.abs],
    ['neg', tf.neg],
    ['sign', tf.sign],
    ['square', tf.square],
    ['floor', tf.floor],
    ['ceil', tf.ceil],
    ['round', tf.round],
    ['relu', tf.relu],
    ['relu6', tf.relu6],
    ['leakyRelu', (x) => tf.leakyRelu(x, 0.3)],
    ['step', (x) => tf.step(x, 0.3)],
    ['clipByValue', (x) => tf.clipByValue(x, -0.7, 1.3)],
    ['isNaN', tf.isNaN],
    ['isInf', tf.isInf],
    ['isFinite', tf.isFinite],
  ];
  it.each(exact)('%s equals the cpu backend', async (_, op) => {
    await sameAsCpu(
      () => {
        const x = samples(999, 20);
        return [
          tf.tensor1d(x),
          tf.scalar(-2.5),
          tf.tensor1d([]),
          tf.tensor(x.slice(0, 120), [2, 1, 3, 4, 5, 1]),
        ].map(op);
      },
      { relative: 2e-7 },
    );
  });

  const rest: [string, (x: tf.Tensor) => tf.Tensor][] = [
    ['selu', tf.selu],
    ['tan', tf.tan],
    ['asin', tf.asin],
    ['acos', tf.acos],
    ['atan', tf.atan],
    ['sinh', tf.sinh],
    ['cosh', tf.cosh],
    ['asinh', tf.asinh],
    ['acosh', tf.acosh],
    ['atanh', tf.atanh],
  ];
  it.each(rest)('%s is close to the cpu backend', async (_, op) => {
    await sameAsCpu(() => op(tf.tensor1d(samples(999, 4))), { relative: 1e-5, floor: 1e-2 });
  });

  it('keep int32 and bool', async () => {
    const ints = [0, 1, -1, 7, -8, 2 ** 30, -(2 ** 30), 1234, -5];
    await sameAsCpu(() => {
      const x = tf.tensor1d(ints, 'int32');
      const b = tf.tensor1d([true, false, true], 'bool');
      return [
        ...[tf.abs, tf.neg, tf.sign, tf.square, tf.relu, tf.relu6].map((op) => op(x)),
        tf.clipByValue(x, -6, 100),
        tf.clipByValue(x, Number.NEGATIVE_INFINITY, 2.5),
        tf.step(x),
        tf.leakyRelu(x),
        tf.isNaN(x),
        tf.isFinite(x),
        tf.logicalNot(b),
      ];
    });
  });

  it('convert between types', async () => {
    await sameAsCpu(() => {
      const float = tf.tensor1d([0, 0.4, -0.6, 1.9, -1.9, 1e6, Number.NaN, -0, 33.5]);
      const whole = tf.tensor1d([0, 1, -1, 255, 256, -7, 70000, 3, 5], 'int32');
      const truth = tf.tensor1d([true, false, true, true, false, true, false], 'bool');
      return [float, whole, truth].flatMap((x) =>
        (['float32', 'int32', 'bool'] as const).map((dtype) =>
          tf.add(tf.cast(tf.cast(x, dtype), 'float32'), 0),
        ),
      );
    });
  });
});
