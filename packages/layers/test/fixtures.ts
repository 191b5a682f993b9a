import { readFileSync } from 'node:fs';
import { enableHigherOrderGradients } from '@ganjs/autodiff';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { expectRoundTrip } from './support.js';

/** A tensor in a fixture. */
export interface Saved {
  shape: number[];
  values: number[];
  /** Set for labels, which have no gradient. */
  dtype?: 'int32' | 'float32';
}

/** A case of a fixture, as `tools/reference/layers/reference.py` writes it. */
export interface Case {
  config: never;
  inputs: Saved[];
  weights: Saved[];
  cotangent: Saved;
  output: Saved;
  gradients: Saved[];
  penaltyGradients?: Saved[];
}

/** The cases of `fixtures/<name>.json`. */
export function readCases<T = Case>(name: string): T[] {
  const url = new URL(`../fixtures/${name}.json`, import.meta.url);
  return (JSON.parse(readFileSync(url, 'utf8')) as { cases: T[] }).cases;
}

/** The tensor that a fixture holds. */
export function load({ shape, values, dtype = 'float32' }: Saved): tf.Tensor {
  return tf.tensor(values, shape, dtype);
}

/** Expects every number within `tolerance` times the largest expected magnitude, or times 0.1 if that is larger. */
export function expectClose(actual: tf.Tensor, expected: Saved, tolerance: number, what: string): void {
  expect(actual.shape, `shape of ${what}`).toEqual(expected.shape);
  const values = actual.dataSync();
  const scale = Math.max(...expected.values.map(Math.abs), 0.1);
  const worst = Math.max(0, ...expected.values.map((v, i) => Math.abs(v - values[i]!)));
  expect(Number.isNaN(worst), `${what} has NaN`).toBe(false);
  expect(worst / scale, `largest error of ${what}, relative to ${scale}`).toBeLessThan(tolerance);
}

/** How {@link checkFixture} treats a layer. */
export interface FixtureOptions<C extends Case> {
  /** Which cases to call with `{ training: true }`. Default none. */
  training?: (testCase: C) => boolean;
  /** Sets what else the case holds, once the trainable weights are set. */
  prepare?: (layer: tf.layers.Layer, testCase: C) => void;
  /** Save and load a model of the layer as well. Default true. */
  roundTrip?: boolean;
}

/**
 * Compares a layer with PyTorch on every case of a fixture: its value to 1e-5, its gradients and those of a
 * gradient penalty to 1e-4 of their largest entry; and saves and loads a model of it.
 */
export function checkFixture<C extends Case = Case>(
  name: string,
  build: (testCase: C) => tf.layers.Layer,
  { training = () => false, prepare, roundTrip = true }: FixtureOptions<C> = {},
): void {
  const cases = readCases<C>(name);
  describe(`${name} against PyTorch`, () => {
    it('has three shapes at least', () => {
      expect(new Set(cases.map((c) => c.inputs[0]!.shape.join())).size).toBeGreaterThanOrEqual(3);
    });

    it.each(cases.map((c, i) => [i, JSON.stringify(c.config).slice(0, 120), c] as const))(
      'case %i %s',
      async (_, __, testCase) => {
        enableHigherOrderGradients();
        const layer = build(testCase);
        const inputs = testCase.inputs.map(load);
        tf.tidy(() => {
          layer.apply(inputs.length === 1 ? inputs[0]! : inputs);
          const variables = layer.trainableWeights.map((w) => w.read() as tf.Variable);
          expect(variables.map((v) => v.shape)).toEqual(testCase.weights.map((w) => w.shape));
          variables.forEach((variable, i) => {
            variable.assign(load(testCase.weights[i]!));
          });
          prepare?.(layer, testCase);
          compare(layer, inputs, variables, testCase, training(testCase));
        });
        if (roundTrip) await expectRoundTrip(copyOf(layer), ...inputs);
        tf.dispose(inputs);
        layer.dispose();
      },
    );
  });
}

/** A model needs a layer of its own, that was not built before. */
function copyOf(layer: tf.layers.Layer): tf.layers.Layer {
  const cls = layer.constructor as tf.serialization.SerializableConstructor<tf.layers.Layer>;
  return cls.fromConfig(cls, layer.getConfig());
}

function compare(
  layer: tf.layers.Layer,
  inputs: tf.Tensor[],
  variables: tf.Variable[],
  testCase: Case,
  training: boolean,
): void {
  const cotangent = load(testCase.cotangent);
  const differentiable = inputs.filter((x) => x.dtype === 'float32');
  const run = (leaves: tf.Tensor[]) => {
    let next = 0;
    const all = inputs.map((x) => (x.dtype === 'float32' ? leaves[next++]! : x));
    return layer.apply(all.length === 1 ? all[0]! : all, { training }) as tf.Tensor;
  };
  expectClose(run(differentiable), testCase.output, 1e-5, 'output');

  const score = (leaves: tf.Tensor[]) => tf.sum(tf.mul(run(leaves), cotangent)) as tf.Scalar;
  expectGradients(score, differentiable, variables, testCase.gradients, 'gradient');
  if (!testCase.penaltyGradients) return;
  const penalty = (leaves: tf.Tensor[]) => {
    const inner = tf.grad((x) => score([x, ...leaves.slice(1)]))(leaves[0]!);
    return tf.sum(tf.square(inner)) as tf.Scalar;
  };
  expectGradients(penalty, differentiable, variables, testCase.penaltyGradients, 'gradient of the penalty');
}

function expectGradients(
  f: (leaves: tf.Tensor[]) => tf.Scalar,
  inputs: tf.Tensor[],
  variables: tf.Variable[],
  expected: Saved[],
  what: string,
): void {
  // A product with zero connects every leaf, so that a missing gradient is zero instead of an error.
  const zero = (leaves: tf.Tensor[]) =>
    [...leaves, ...variables].reduce<tf.Tensor>((sum, x) => tf.add(sum, tf.mul(tf.sum(x), 0)), tf.scalar(0));
  const connected = (leaves: tf.Tensor[]) => tf.add(f(leaves), zero(leaves)) as tf.Scalar;
  const wanted = expected.values();
  if (inputs.length > 0)
    tf.grads((...leaves) => connected(leaves))(inputs).forEach((gradient, i) => {
      expectClose(gradient, wanted.next().value!, 1e-4, `${what} of input ${i}`);
    });
  if (variables.length === 0) return;
  const { grads } = tf.variableGrads(() => connected(inputs), variables);
  for (const variable of variables)
    expectClose(grads[variable.name]!, wanted.next().value!, 1e-4, `${what} of ${variable.name}`);
}
