import * as tf from '@tensorflow/tfjs';
import { registerWasmBackend } from './register.js';

/** Largest difference between two lists of numbers, relative to the largest expected magnitude. */
export function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  let difference = 0;
  let scale = 1e-30;
  for (let i = 0; i < expected.length; i++) {
    const d = Math.abs(actual[i]! - expected[i]!);
    if (!(d <= difference)) difference = d;
    scale = Math.max(scale, Math.abs(expected[i]!));
  }
  return difference / scale;
}

/** Deterministic numbers in [-1, 1). */
export function numbers(length: number, seed = 1): Float32Array {
  let state = (seed * 2654435761) >>> 0;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 8) / 2 ** 23 - 1;
  });
}

/** Result of a computation on one backend. */
export interface Computed {
  shape: number[];
  dtype: string;
  values: ArrayLike<number>;
}

/** Runs `compute` on the cpu backend and on ours. Inputs must be made inside. */
export async function onBoth(
  compute: () => tf.Tensor | tf.Tensor[],
): Promise<{ cpu: Computed[]; wasm: Computed[] }> {
  const run = async (backend: string): Promise<Computed[]> => {
    await tf.setBackend(backend);
    return tf.tidy(() => {
      const result = compute();
      return (Array.isArray(result) ? result : [result]).map((t) => ({
        shape: t.shape,
        dtype: t.dtype,
        values: t.dataSync(),
      }));
    });
  };
  const name = await registerWasmBackend();
  const cpu = await run('cpu');
  const wasm = await run(name);
  return { cpu, wasm };
}
