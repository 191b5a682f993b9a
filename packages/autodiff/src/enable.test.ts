import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { enableHigherOrderGradients, NotDifferentiableError, UnsupportedEngineError } from './index.js';
import { correctTape } from './tape.js';

const values = (f: () => tf.Tensor) => tf.tidy(() => Array.from(f().dataSync()));
const mirrored = () =>
  values(() => tf.grad((x) => tf.mirrorPad(x, [[1, 1]], 'reflect'))(tf.tensor1d([1, 2, 3])));
/** d/dw (d/dx tanh(w x))^2 at w = 1, x = 0.5; exactly 2 s^2 (1 - 2 x t) with t = tanh x, s = 1 - t^2. */
const slopePenalty = () =>
  values(() => {
    const slope = (w: tf.Tensor) => tf.grad((x) => tf.tanh(tf.mul(w, x)))(tf.scalar(0.5));
    return tf.grad((w) => tf.square(slope(w)))(tf.scalar(1));
  })[0]!;

describe('enableHigherOrderGradients', () => {
  it('makes wrong derivatives right', () => {
    expect(mirrored()).toEqual([1, 1, 1]); // stock
    expect(slopePenalty()).toBeCloseTo(1.237, 3); // stock

    enableHigherOrderGradients();
    expect(mirrored()).toEqual([1, 3, 1]);
    const t = Math.tanh(0.5);
    expect(slopePenalty()).toBeCloseTo(2 * (1 - t * t) ** 2 * (1 - t), 5);
  });

  it('may be called again', () => {
    const record = tf.engine() as unknown as { addTapeNode: unknown };
    enableHigherOrderGradients();
    const before = [record.addTapeNode, tf.getGradient('Relu')];
    enableHigherOrderGradients();
    expect([record.addTapeNode, tf.getGradient('Relu')]).toEqual(before);
    expect(mirrored()).toEqual([1, 3, 1]);
  });

  it('repairs a registry that was overwritten', () => {
    enableHigherOrderGradients();
    const ours = tf.getGradient('MirrorPad');
    tf.registerGradient({ kernelName: 'MirrorPad', gradFunc: () => ({}) });
    enableHigherOrderGradients();
    expect(tf.getGradient('MirrorPad')).toBe(ours);
  });

  it('does not change values, and leaves nothing behind', () => {
    enableHigherOrderGradients();
    const before = tf.memory().numTensors;
    expect(values(() => tf.tanh(tf.tensor1d([0.5])))[0]).toBeCloseTo(Math.tanh(0.5), 6);
    slopePenalty();
    values(() => tf.grad((x) => tf.logSigmoid(tf.mul(x, 2)))(tf.scalar(0.3)));
    expect(tf.memory().numTensors).toBe(before);
  });

  it('sees through a custom gradient that saves its output', () => {
    enableHigherOrderGradients();
    const exponential = tf.customGrad((x, save) => {
      const value = tf.exp(x as tf.Tensor);
      (save as tf.GradSaveFunc)([value]);
      return { value, gradFunc: (dy, [y]) => tf.mul(dy, y!) };
    });
    const second = values(() => tf.grad((x) => tf.square(tf.grad((z) => exponential(z))(x)))(tf.scalar(0.3)));
    expect(second[0]).toBeCloseTo(2 * Math.exp(0.6), 4);
  });

  it('frees what it recorded when a derivative fails', () => {
    enableHigherOrderGradients();
    const before = tf.memory().numTensors;
    const image = tf.ones([1, 2, 2, 1]) as tf.Tensor4D;
    const crop = (x: tf.Tensor) =>
      tf.image.cropAndResize(tf.square(x as tf.Tensor4D), [[0, 0, 1, 1]], [0], [2, 2]);
    expect(() => tf.grad(crop)(image)).toThrow(NotDifferentiableError);
    image.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('names what an unknown engine lacks', () => {
    const engine = tf.engine() as unknown as Record<PropertyKey, unknown>;
    const mark = Symbol.for('@ganjs/autodiff/tape');
    const corrections = engine[mark];
    engine[mark] = undefined;
    engine.clone = undefined;
    try {
      expect(() => correctTape()).toThrow(UnsupportedEngineError);
      expect(() => correctTape()).toThrow('tf.engine().clone');
    } finally {
      delete engine.clone;
      engine[mark] = corrections;
    }
  });
});
