import { GanjsError } from '@ganjs/errors';
import * as tf from '@tensorflow/tfjs';
import { describe, it } from 'vitest';

/** A piece does not keep its contract; the message says what came, and what was expected. */
export class ConformanceError extends GanjsError {
  override readonly name = 'ConformanceError';
}

/** One property that a piece must have. */
export interface Check {
  /** What the piece does, in the third person: `depends on the seed alone`. */
  readonly name: string;
  /** @throws ConformanceError when the piece does not. */
  run(): Promise<void> | void;
}

/** Milliseconds a check may take: whole networks take seconds on the `cpu` backend. */
const TIME_LIMIT = 60_000;

/** Registers a group of checks with vitest: each is a test of its own, so that a report names every broken one. */
export function register(title: string, checks: readonly Check[]): void {
  describe(title, () => {
    for (const { name, run } of checks) it(name, run, TIME_LIMIT);
  });
}

/** @throws ConformanceError unless the condition holds. */
export function ensure(condition: boolean, came: string, expected: string): asserts condition {
  if (!condition) throw new ConformanceError(`@ganjs/testkit: ${came}, but expected ${expected}`);
}

/** @throws ConformanceError unless every number is finite. */
export function ensureFinite(values: ArrayLike<number>, what: string): void {
  const index = Array.from(values).findIndex((value) => !Number.isFinite(value));
  ensure(index < 0, `${what} holds ${values[index]} at ${index}`, 'finite numbers');
}

/** @throws ConformanceError unless both hold the same numbers, or numbers within a tolerance. */
export function ensureSame(
  actual: ArrayLike<number>,
  wanted: ArrayLike<number>,
  what: string,
  tolerance = 0,
): void {
  ensure(actual.length === wanted.length, `${what}: ${actual.length} values`, `${wanted.length}`);
  for (let i = 0; i < actual.length; i++) {
    const close = Object.is(actual[i], wanted[i]) || Math.abs(actual[i]! - wanted[i]!) <= tolerance;
    ensure(close, `${what}: ${actual[i]} at ${i}`, `${wanted[i]}${tolerance ? ` within ${tolerance}` : ''}`);
  }
}

/**
 * Does something that must leave as many tensors as it found.
 *
 * @throws ConformanceError when it leaves more or fewer.
 */
export async function ensureNoLeak<T>(what: string, f: () => Promise<T> | T): Promise<T> {
  const before = tf.memory().numTensors;
  const result = await f();
  const left = tf.memory().numTensors - before;
  ensure(left === 0, `${what} leaves ${left} tensors behind`, 'none: dispose or tidy what it makes');
  return result;
}

/**
 * Does something on another backend, which its caller registered, and goes back to the active one: where none is yet,
 * the one that TensorFlow.js prefers.
 *
 * @throws ConformanceError when the backend is not registered, or does not start.
 */
export async function onBackend<T>(name: string, f: () => Promise<T>): Promise<T> {
  const registered = tf.findBackend(name) !== null || tf.findBackendFactory(name) !== null;
  ensure(
    registered,
    `the backend "${name}" is not registered`,
    'a backend that the test file registers first',
  );
  await tf.ready();
  const before = tf.getBackend();
  try {
    const started = await tf.setBackend(name);
    ensure(started, `the backend "${name}" does not start`, 'one that this machine can run');
    return await f();
  } finally {
    await tf.setBackend(before);
  }
}

/** The numbers of a tensor; disposes it. */
export async function take(tensor: tf.Tensor): Promise<Float32Array> {
  const values = (await tensor.data<'float32'>()).slice();
  tensor.dispose();
  return values;
}
