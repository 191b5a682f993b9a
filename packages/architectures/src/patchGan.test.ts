import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { ArchitectureError, patchDiscriminator, patchReceptiveField } from './index.js';

const square = (side: number, channels = 3) => ({ height: side, width: side, channels });
const trainable = (model: tf.LayersModel) =>
  model.trainableWeights.reduce((sum, w) => sum + w.shape.reduce<number>((a, b) => a * (b ?? 1), 1), 0);

describe('patchDiscriminator', () => {
  it.each([
    [0, 9_024],
    [1, 139_585],
    [2, 666_433],
    [3, 2_768_705],
    [4, 6_964_033],
  ])('with %i layers on pairs has its parameter count', (layers, count) => {
    const model = patchDiscriminator({ image: square(256), source: square(256), layers, seed: 1 });
    expect(trainable(model)).toBe(count);
    model.dispose();
  });

  it('with instance norm on single images has the parameter count of CycleGAN', () => {
    const model = patchDiscriminator({ image: square(256), norm: 'instance', seed: 1 });
    expect(trainable(model)).toBe(2_764_737);
    model.dispose();
  });

  it.each([
    [64, 6],
    [128, 14],
    [256, 30],
    [286, 33],
    [512, 62],
  ])('of %i pixels gives %i rows of logits', (side, rows) => {
    const model = patchDiscriminator({ image: square(side), width: 1, seed: 1 });
    expect(model.outputs[0]!.shape).toEqual([null, rows, rows, 1]);
    model.dispose();
  });

  it('sees its receptive field and nothing else', () => {
    expect([0, 1, 2, 3, 4, 5, 6].map(patchReceptiveField)).toEqual([1, 16, 34, 70, 142, 286, 574]);
    for (const layers of [0, 1, 2]) {
      // A positive kernel cannot hide a pixel.
      const model = patchDiscriminator({
        image: square(64, 1),
        width: 1,
        layers,
        norm: 'none',
        seed: 1,
      });
      tf.tidy(() => {
        for (const weight of model.trainableWeights) weight.write(tf.fill(weight.shape as number[], 0.5));
        const [, rows] = model.outputs[0]!.shape as number[];
        const middle = Math.floor(rows! / 2);
        const gradient = tf.grad((x: tf.Tensor) =>
          (model.apply(x) as tf.Tensor).slice([0, middle, middle, 0], [1, 1, 1, 1]).sum(),
        )(tf.ones([1, 64, 64, 1]));
        const seen = gradient.greater(0).sum().arraySync() as number;
        expect(seen).toBe(patchReceptiveField(layers) ** 2);
      });
      model.dispose();
    }
  });

  it('judges the image with its source: both change the logits', () => {
    const model = patchDiscriminator({
      image: square(16),
      source: square(16, 1),
      layers: 1,
      width: 4,
      seed: 1,
    });
    tf.tidy(() => {
      const random = (seed: number, channels: number) =>
        tf.randomNormal([2, 16, 16, channels], 0, 1, 'float32', seed);
      const [source, image] = [random(1, 1), random(2, 3)];
      const logits = (inputs: tf.Tensor[]) => model.apply(inputs, { training: true }) as tf.Tensor;
      const base = logits([source, image]);
      expect(base.shape).toEqual([2, 6, 6, 1]);
      const apart = (inputs: tf.Tensor[]) => base.sub(logits(inputs)).abs().max().arraySync();
      expect(apart([random(3, 1), image])).toBeGreaterThan(1e-4);
      expect(apart([source, random(4, 3)])).toBeGreaterThan(1e-4);
    });
    model.dispose();
  });

  it('names what does not fit', () => {
    const bad = (options: object) => () => patchDiscriminator({ image: square(32), seed: 1, ...options });
    expect(bad({ layers: 4 })).toThrow(/4 layers on 32x32, expected sides of at least 48: take fewer layers/);
    expect(bad({ layers: 7 })).toThrow(ArchitectureError);
    expect(bad({ source: square(16) })).toThrow(/source 16x16 and image 32x32/);
  });
});
