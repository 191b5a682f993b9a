import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import fixture from '../../fixtures/emptyInputs.json' with { type: 'json' };
import type { WasmBackend } from '../backend.js';
import { WasmArgumentError } from '../errors.js';
import { registerWasmBackend, setThreads } from '../register.js';
import { families } from './emptyInputs.testing.js';

/** What NumPy gives; NaN and infinities are strings. */
type Expected = { shape: number[]; values: (number | string)[] }[] | { raises: string };

let backend: WasmBackend;

/** Fills the small blocks that are free: what a kernel leaves unwritten shows up. */
function poison(): void {
  const blocks = Array.from({ length: 256 }, () => backend.allocateTemporary(64));
  const { u8 } = backend.runtime.memoryViews;
  for (const block of blocks) u8.fill(0x5a, block, block + 64);
  for (const block of blocks) backend.releaseTemporary(block);
}

function results(compute: () => tf.Tensor | tf.Tensor[]) {
  return tf.tidy(() => [compute()].flat().map((y) => ({ shape: y.shape, values: Array.from(y.dataSync()) })));
}

beforeAll(async () => {
  const name = await registerWasmBackend({ threads: 1 });
  await tf.setBackend(name);
  backend = tf.backend() as WasmBackend;
});

afterAll(async () => {
  await setThreads(1);
});

/*
 * NumPy decides what tensors without elements give. Where TensorFlow.js's cpu backend differs it is wrong: a mean over
 * nothing is 0 there, `all` of nothing false, its largest element NaN or 0 and at position 0, and a resized image NaN.
 * NumPy refuses the largest and smallest element of nothing unless it is told what to start from: the fixture has the
 * lowest and the highest number of the type, which TensorFlow gives.
 */
describe.each([1, 2])('with %i threads', (threads) => {
  beforeAll(async () => {
    await setThreads(threads);
  });

  describe.each(Object.entries(families))('%s', (family, cases) => {
    const expected = fixture[family as keyof typeof families] as unknown as Record<string, Expected>;

    it('has the cases of the reference', () => {
      expect(Object.keys(cases).sort()).toEqual(Object.keys(expected).sort());
    });

    it.each(Object.entries(cases))('%s', (name, compute) => {
      const bytes = backend.memory().wasmBytesInUse;
      const reference = expected[name]!;
      poison();
      if ('raises' in reference) {
        expect(() => results(compute)).toThrow();
      } else {
        const actual = results(compute);
        expect(actual.map(({ shape }) => shape)).toEqual(reference.map(({ shape }) => shape));
        for (const [i, { values }] of reference.entries()) {
          expect(actual[i]!.values.length).toBe(values.length);
          for (const [j, value] of values.entries()) {
            const element = expect(actual[i]!.values[j], `element ${j} of result ${i}`);
            if (typeof value === 'string') element.toBe(Number(value));
            else element.toBeCloseTo(value, 6);
          }
        }
      }
      expect(backend.memory().wasmBytesInUse).toBe(bytes);
    });
  });
});

it('says why there is no position and no pixel', () => {
  const position = () => tf.argMin(tf.zeros([3, 0]), 1);
  const pixel = () => tf.image.resizeBilinear(tf.zeros([1, 0, 2, 3]) as tf.Tensor4D, [4, 4]);
  for (const compute of [position, pixel]) expect(() => tf.tidy(compute)).toThrow(WasmArgumentError);
  expect(() => tf.tidy(position)).toThrow('ArgMin along axis 1 of [3,0]: that axis has no elements');
  expect(() => tf.tidy(pixel)).toThrow('ResizeBilinear: images are [1,0,2,3], which has no pixels');
});
