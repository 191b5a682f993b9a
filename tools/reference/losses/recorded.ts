import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs';
import { expect } from 'vitest';

/** A tensor as the reference scripts write it. */
interface Recorded {
  shape: number[];
  dtype: 'float32' | 'int32';
  values: number[];
}

/** Named tensors: the inputs of a case. */
export type Named = Record<string, tf.Tensor>;

// biome-ignore lint/suspicious/noExplicitAny: options come from JSON, of another shape for each function.
export type Evaluate = (inputs: Named, options: any) => tf.Tensor;

export interface Case {
  function: string;
  options: Record<string, unknown>;
  inputs: Record<string, Recorded>;
  value: Recorded;
  /** Of <f, probe>, where probe_i = cos(i). */
  gradients: Record<string, number[]>;
}

/** The cases of packages/<package>/fixtures/<name>.json, which recording.py wrote. */
export function cases(packageName: string, name: string): Case[] {
  const url = new URL(`../../../packages/${packageName}/fixtures/${name}.json`, import.meta.url);
  return (JSON.parse(readFileSync(url, 'utf8')) as { cases: Case[] }).cases;
}

function toTensor({ shape, dtype, values }: Recorded): tf.Tensor {
  return tf.tensor(values, shape, dtype);
}

/**
 * Compares a function with a case: values to 1e-5, gradients to 1e-4, each relative to the largest magnitude.
 *
 * @param evaluate calls the function under test with the case's inputs and options.
 */
export function expectAgreement(one: Case, evaluate: Evaluate): void {
  tf.tidy(() => {
    const inputs = Object.fromEntries(Object.entries(one.inputs).map(([k, x]) => [k, toTensor(x)]));
    const wanted = Object.keys(one.gradients);

    const value = evaluate(inputs, one.options);
    expect(value.size).toBe(one.value.values.length);
    expect(largestError(value.dataSync(), one.value.values, 1)).toBeLessThan(1e-5);

    if (wanted.length === 0) return;
    const probe = tf.tensor(
      Array.from({ length: value.size }, (_, i) => Math.cos(i)),
      value.shape,
    );
    const gradients = tf.grads((...varied: tf.Tensor[]) => {
      const merged = { ...inputs, ...Object.fromEntries(wanted.map((k, i) => [k, varied[i]!])) };
      return tf.sum(tf.mul(evaluate(merged, one.options), probe));
    })(wanted.map((k) => inputs[k]!));
    for (const [i, k] of wanted.entries()) {
      expect(largestError(gradients[i]!.dataSync(), one.gradients[k]!, 1e-6), k).toBeLessThan(1e-4);
    }
  });
}

/** The largest difference, relative to the largest expected magnitude (at least `floor`). */
function largestError(got: ArrayLike<number>, want: ArrayLike<number>, floor: number): number {
  if (got.length !== want.length) return Number.POSITIVE_INFINITY;
  const scale = Math.max(floor, ...Array.from(want, Math.abs));
  return Math.max(...Array.from(want, (w, i) => Math.abs(got[i]! - w))) / scale;
}
