import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs';

/** A tensor as the reference scripts write it. */
interface Recorded {
  shape: number[];
  dtype: 'float32' | 'int32';
  values: number[];
}

export interface Case {
  function: string;
  options: Record<string, unknown>;
  inputs: Record<string, Recorded>;
  value: Recorded;
  /** Of <f, probe>, where probe_i = cos(i). */
  gradients: Record<string, number[]>;
}

export function cases(name: string): Case[] {
  const url = new URL(`../fixtures/${name}.json`, import.meta.url);
  return (JSON.parse(readFileSync(url, 'utf8')) as { cases: Case[] }).cases;
}

export function toTensor({ shape, dtype, values }: Recorded): tf.Tensor {
  return tf.tensor(values, shape, dtype);
}

/** The largest difference, relative to the largest expected magnitude (at least `floor`). */
export function largestError(got: ArrayLike<number>, want: ArrayLike<number>, floor: number): number {
  if (got.length !== want.length) return Number.POSITIVE_INFINITY;
  const scale = Math.max(floor, ...Array.from(want, Math.abs));
  return Math.max(...Array.from(want, (w, i) => Math.abs(got[i]! - w))) / scale;
}
