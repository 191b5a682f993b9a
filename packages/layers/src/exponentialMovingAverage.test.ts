import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { ExponentialMovingAverage, LayerConfigError } from './index.js';

/** A model whose every weight holds one number. */
function make() {
  const model = tf.sequential({
    layers: [
      tf.layers.dense({ units: 1, inputShape: [1], useBias: false, kernelInitializer: 'zeros' }),
      tf.layers.batchNormalization({ axis: -1, scale: false, center: false }),
    ],
  });
  const [kernel, mean] = [model.layers[0]!.weights[0]!, model.layers[1]!.weights[0]!];
  const set = (variable: typeof kernel, v: number) => {
    tf.tidy(() => {
      variable.write(tf.fill(variable.shape as number[], v));
    });
  };
  return {
    model,
    setKernel: (v: number) => set(kernel, v),
    setMean: (v: number) => set(mean, v),
    kernel,
    mean,
  };
}

const first = (w: tf.Tensor | undefined) => w!.dataSync()[0];

describe('ExponentialMovingAverage', () => {
  it('averages the trainable weights and copies the others', () => {
    const { model, setKernel, setMean } = make();
    const ema = new ExponentialMovingAverage(model, { decay: 0.999 });
    setKernel(1);
    setMean(5);
    for (let i = 0; i < 1000; i++) ema.update();
    expect(first(ema.weights[0])).toBeCloseTo(0.6323046, 4);
    expect(first(ema.weights[1])).toBe(5);
    ema.update(0);
    expect(first(ema.weights[0])).toBe(1);
    ema.dispose();
    model.dispose();
  });

  it('swaps in and out', () => {
    const { model, setKernel, setMean, kernel, mean } = make();
    const ema = new ExponentialMovingAverage(model, { decay: 0.5 });
    setKernel(1);
    ema.update();
    setMean(3);
    ema.swapIn();
    expect([first(kernel.read()), first(mean.read())]).toEqual([0.5, 0]);
    expect(first(ema.weights[0])).toBe(0.5);
    expect(() => ema.swapIn()).toThrow('swapIn is not possible now: call swapOut before it');
    expect(() => ema.update()).toThrow(/swapOut/);
    ema.swapOut();
    expect([first(kernel.read()), first(mean.read())]).toEqual([1, 3]);
    expect(first(ema.weights[0])).toBe(0.5);
    expect(() => ema.swapOut()).toThrow(/swapIn/);
    ema.dispose();
    model.dispose();
  });

  it('keeps no tensors beyond one a weight', () => {
    const { model } = make();
    const before = tf.memory().numTensors;
    let ema!: ExponentialMovingAverage;
    tf.tidy(() => {
      ema = new ExponentialMovingAverage(model, { decay: 0.9 });
    });
    for (let i = 0; i < 3; i++) {
      ema.update();
      ema.swapIn();
      ema.swapOut();
    }
    expect(tf.memory().numTensors - before).toBe(model.weights.length);
    tf.tidy(() => {
      ema.update();
    });
    expect(() => ema.update()).not.toThrow();
    ema.dispose();
    expect(tf.memory().numTensors).toBe(before);
    model.dispose();
  });

  it('restores what a checkpoint kept', () => {
    const { model } = make();
    const ema = new ExponentialMovingAverage(model, { decay: 0.9 });
    tf.tidy(() => {
      ema.restore([tf.fill([1, 1], 7), tf.fill([1], 8), tf.fill([1], 9)]);
      expect(() => ema.restore([tf.ones([1])])).toThrow(
        /restore expects the weights of the model, \[1, 1\], \[1\], \[1\], but received \[1\]/,
      );
    });
    expect(ema.weights.map(first)).toEqual([7, 8, 9]);
    ema.dispose();
    model.dispose();
  });

  it.each([-0.1, 1, Number.NaN])('refuses the decay %d', (decay) => {
    const { model } = make();
    expect(() => new ExponentialMovingAverage(model, { decay })).toThrow(LayerConfigError);
    model.dispose();
  });
});
