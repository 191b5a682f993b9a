import * as tf from '@tensorflow/tfjs';

/** Some rows of each thing in a batch, or in a condition. */
export function rowsOf<T extends object>(batch: T, from: number, count: number): T {
  const present = Object.entries(batch).filter(([, value]) => value !== undefined);
  const rows = present.map(([name, value]: [string, unknown]) => [
    name,
    value instanceof tf.Tensor
      ? tf.slice(value, from, count)
      : (value as readonly unknown[]).slice(from, from + count),
  ]);
  return Object.fromEntries(rows) as T;
}
