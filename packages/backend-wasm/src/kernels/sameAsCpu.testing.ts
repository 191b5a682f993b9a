import * as tf from '@tensorflow/tfjs';
import { expect } from 'vitest';
import type { WasmBackend } from '../backend.js';
import { fallbackUsage, resetFallbackUsage } from '../fallback.js';
import { registerWasmBackend } from '../register.js';
import { onBoth } from '../testing.js';

/**
 * Expects that this backend gives what the cpu backend gives: shapes, types, NaN and infinities exactly, other
 * numbers up to `relative` times the larger of their own size and `floor`; that it ran on kernels of its own,
 * and that these gave all memory back.
 *
 * @param compute makes its inputs inside
 */
export async function sameAsCpu(
  compute: () => tf.Tensor | tf.Tensor[],
  { relative = 0, floor = 0 }: { relative?: number; floor?: number } = {},
): Promise<void> {
  const backend = tf.findBackend(await registerWasmBackend()) as WasmBackend;
  const bytes = backend.memory().wasmBytesInUse;
  resetFallbackUsage();
  const { cpu, wasm } = await onBoth(compute);
  expect(fallbackUsage()).toEqual([]);
  expect(backend.memory().wasmBytesInUse).toBe(bytes);
  expect(wasm.map(({ shape, dtype }) => ({ shape, dtype }))).toEqual(
    cpu.map(({ shape, dtype }) => ({ shape, dtype })),
  );
  for (const [k, { values: expected, shape }] of cpu.entries()) {
    const { values } = wasm[k]!;
    expect(values.length).toBe(expected.length);
    for (let i = 0; i < expected.length; i++) {
      const [a, e] = [values[i]!, expected[i]!];
      const close = a === e || Math.abs(a - e) <= relative * Math.max(Math.abs(e), floor);
      if (!close && !(Number.isNaN(a) && Number.isNaN(e))) {
        expect.fail(`result ${k} [${shape}], element ${i}: ${a}, where the cpu backend has ${e}`);
      }
    }
  }
}
