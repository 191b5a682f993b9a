import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { fallbackUsage, resetFallbackUsage } from '../fallback.js';
import { numbers, onBoth, relativeError } from '../testing.js';

type Pad = 'same' | 'valid' | number | [[0, 0], [number, number], [number, number], [0, 0]];
interface Case {
  tolerance?: number;
  input: [number, number, number, number];
  filter: [number, number, number, number];
  strides: number | [number, number];
  pad: Pad;
  dilations?: number | [number, number];
}

/** Winograd's transforms multiply by up to 16 and back, which costs about one digit. */
const WINOGRAD_TOLERANCE = 2e-5;

/** Odd sizes, remainders of every block size, strides that leave inputs untouched, all kinds of padding. */
const cases: Case[] = [
  { input: [1, 1, 1, 1], filter: [1, 1, 1, 1], strides: 1, pad: 'same' },
  { input: [2, 7, 9, 1], filter: [5, 5, 1, 3], strides: 2, pad: 'same' },
  { input: [2, 8, 8, 3], filter: [4, 4, 3, 10], strides: 2, pad: 'same' },
  { input: [1, 11, 6, 5], filter: [3, 3, 5, 8], strides: 1, pad: 'valid' },
  { input: [3, 7, 7, 16], filter: [5, 5, 16, 17], strides: 1, pad: 'same' },
  { input: [2, 9, 9, 6], filter: [3, 2, 6, 7], strides: [2, 3], pad: 'valid' },
  { input: [2, 9, 10, 4], filter: [1, 1, 4, 9], strides: 3, pad: 'valid' },
  {
    input: [1, 10, 10, 7],
    filter: [3, 3, 7, 12],
    strides: 1,
    pad: [
      [0, 0],
      [2, 0],
      [1, 3],
      [0, 0],
    ],
  },
  { input: [1, 10, 8, 13], filter: [3, 3, 13, 2], strides: 2, pad: 2 },
  { input: [1, 6, 6, 70], filter: [5, 5, 70, 11], strides: 2, pad: 'same' },
  { input: [9, 16, 16, 2], filter: [3, 3, 2, 130], strides: 1, pad: 'same' },
  { input: [1, 3, 3, 4], filter: [5, 5, 4, 6], strides: 1, pad: 'same' },
  // Few channels on one side: all taps side by side.
  { input: [2, 9, 8, 18], filter: [9, 9, 18, 3], strides: 1, pad: 'same' },
  { input: [2, 15, 12, 3], filter: [5, 5, 3, 20], strides: [2, 3], pad: 'same' },
  { input: [1, 12, 12, 24], filter: [4, 4, 24, 1], strides: 1, pad: 'valid' },
  { input: [2, 6, 7, 1], filter: [3, 3, 1, 5], strides: 4, pad: 1 },
  // Large enough for Winograd's algorithm: whole tiles, tiles that stick out, all kinds of padding.
  { input: [2, 8, 8, 16], filter: [3, 3, 16, 20], strides: 1, pad: 'same', tolerance: WINOGRAD_TOLERANCE },
  { input: [1, 9, 11, 20], filter: [3, 3, 20, 36], strides: 1, pad: 'valid', tolerance: WINOGRAD_TOLERANCE },
  { input: [3, 7, 7, 24], filter: [5, 5, 24, 16], strides: 1, pad: 'same', tolerance: WINOGRAD_TOLERANCE },
  { input: [1, 8, 8, 68], filter: [3, 3, 68, 64], strides: 1, pad: 'same', tolerance: WINOGRAD_TOLERANCE },
  {
    input: [1, 10, 9, 16],
    filter: [5, 5, 16, 28],
    strides: 1,
    pad: [
      [0, 0],
      [3, 1],
      [0, 2],
      [0, 0],
    ],
    tolerance: WINOGRAD_TOLERANCE,
  },
];

function title({ input, filter, strides, pad, dilations }: Case): string {
  return `[${input}] * [${filter}], strides ${strides}, pad ${JSON.stringify(pad)}, dilations ${dilations ?? 1}`;
}

async function same(compute: () => tf.Tensor | tf.Tensor[], tolerance = 3e-6): Promise<void> {
  resetFallbackUsage();
  const { cpu, wasm } = await onBoth(compute);
  for (const [i, expected] of cpu.entries()) {
    expect(wasm[i]!.shape).toEqual(expected.shape);
    expect(relativeError(wasm[i]!.values, expected.values)).toBeLessThan(tolerance);
  }
  expect(fallbackUsage().filter(({ kernel }) => kernel.includes('Conv'))).toEqual([]);
}

function tensors({ input, filter }: Case): { x: tf.Tensor4D; w: tf.Tensor4D } {
  return {
    x: tf.tensor4d(numbers(tf.util.sizeFromShape(input), 1), input),
    w: tf.tensor4d(numbers(tf.util.sizeFromShape(filter), 2), filter),
  };
}

describe('conv2d', () => {
  const dilated: Case[] = [
    { input: [2, 9, 9, 3], filter: [3, 3, 3, 5], strides: 1, pad: 'same', dilations: 2 },
    { input: [1, 12, 10, 8], filter: [2, 3, 8, 9], strides: 1, pad: 'valid', dilations: [3, 2] },
  ];
  for (const c of [...cases, ...dilated]) {
    it(`equals the cpu backend: ${title(c)}`, () =>
      same(() => {
        const { x, w } = tensors(c);
        return tf.conv2d(x, w, c.strides, c.pad as 'same', 'NHWC', c.dilations ?? 1);
      }, c.tolerance));
  }

  it('fuses bias and activation', async () => {
    for (const activation of ['linear', 'relu', 'relu6', 'leakyrelu', 'elu', 'sigmoid', 'prelu'] as const) {
      await same(() => {
        const { x, w } = tensors(cases[4]!);
        return tf.fused.conv2d({
          x,
          filter: w,
          strides: 1,
          pad: 'same',
          activation,
          leakyreluAlpha: 0.2,
          bias: tf.tensor1d(numbers(17, 3)),
          preluActivationWeights: activation === 'prelu' ? tf.tensor1d(numbers(17, 4)) : undefined,
        });
      });
    }
  });
});

describe('gradients of conv2d', () => {
  for (const c of cases) {
    it(`equal the cpu backend's: ${title(c)}`, () =>
      same(() => {
        const { x, w } = tensors(c);
        const y = tf.conv2d(x, w, c.strides, c.pad as 'same');
        const dy = tf.tensor4d(numbers(y.size, 5), y.shape);
        const gradient = tf.grads((a: tf.Tensor, b: tf.Tensor) =>
          tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, c.strides, c.pad as 'same'),
        );
        return gradient([x, w], dy);
      }, c.tolerance));
  }

  // More tiles than a thread transforms at a time; the cpu backend would take a minute for them.
  it.each([
    [64, 64],
    [96, 64],
  ])('count the places of each tap, of %d to %d channels', async (inChannels, outChannels) => {
    await tf.setBackend('ganjs-wasm');
    tf.tidy(() => {
      const [n, side, size] = [2, 34, 5];
      const x = tf.ones<tf.Rank.R4>([n, side, side, inChannels]);
      const y = tf.ones<tf.Rank.R4>([n, side, side, outChannels]);
      const dw = tf.grad((w) => tf.conv2d(x, w as tf.Tensor4D, 1, 'same'))(
        tf.zeros<tf.Rank.R4>([size, size, inChannels, outChannels]),
        y,
      );
      const reach = tf.tensor1d([2, 1, 0, 1, 2].map((missing) => side - missing));
      const places = tf.mul(n, tf.outerProduct(reach, reach)).reshape([size, size, 1, 1]);
      expect(tf.div(tf.sub(dw, places), places).abs().max().arraySync()).toBeLessThan(WINOGRAD_TOLERANCE);
    });
  });
});

describe('conv2dTranspose', () => {
  it('equals the cpu backend, with its gradients', () =>
    same(() => {
      const x = tf.tensor4d(numbers(2 * 7 * 7 * 12, 1), [2, 7, 7, 12]);
      const w = tf.tensor4d(numbers(25 * 5 * 12, 2), [5, 5, 5, 12]);
      const f = (a: tf.Tensor, b: tf.Tensor) =>
        tf.conv2dTranspose(a as tf.Tensor4D, b as tf.Tensor4D, [2, 14, 14, 5], 2, 'same');
      const dy = tf.tensor4d(numbers(2 * 14 * 14 * 5, 3), [2, 14, 14, 5]);
      return [f(x, w), ...tf.grads(f)([x, w], dy)];
    }));
});
