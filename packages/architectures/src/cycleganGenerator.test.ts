import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { ArchitectureError, cycleganGenerator } from './index.js';

const square = (side: number, channels = 3) => ({ height: side, width: side, channels });
const trainable = (model: tf.LayersModel) =>
  model.trainableWeights.reduce((sum, w) => sum + w.shape.reduce<number>((a, b) => a * (b ?? 1), 1), 0);

describe('cycleganGenerator', () => {
  it.each([
    [256, 11_378_179],
    [128, 7_837_699],
  ])('for %i pixels has its parameter count: 9 blocks above 128, else 6', (side, count) => {
    const model = cycleganGenerator({ image: square(side), seed: 1 });
    expect(trainable(model)).toBe(count);
    expect(model.getLayer('block1_sum').outputShape).toEqual([null, side / 4, side / 4, 256]);
    expect(model.outputs[0]!.shape).toEqual([null, side, side, 3]);
    model.dispose();
  });

  it('has no biases where an offset follows', () => {
    const image = square(16);
    const model = cycleganGenerator({ image, norm: 'instance-affine', width: 2, blocks: 1, seed: 1 });
    const biases = model.trainableWeights.filter((w) => w.name.includes('bias')).map((w) => w.name);
    expect(biases).toEqual([expect.stringContaining('last')]);
    model.dispose();
  });

  it('doubles maps by nearest neighbours if asked to: equal pixels stay equal', () => {
    const model = cycleganGenerator({
      image: square(16),
      upsampling: 'resize',
      width: 2,
      blocks: 1,
      seed: 1,
    });
    expect(model.layers.some((layer) => layer.getClassName() === 'Conv2DTranspose')).toBe(false);
    const large = model.getLayer('up1_resize').output as tf.SymbolicTensor;
    expect(large.shape).toEqual([null, 8, 8, 8]);
    tf.tidy(() => {
      // Reflection keeps a constant map constant, whatever the weights.
      const padded = model.getLayer('up1_pad').apply(tf.ones([1, 8, 8, 8])) as tf.Tensor;
      const map = model.getLayer('up1').apply(padded) as tf.Tensor;
      expect(
        tf
          .sub(tf.max(map, [1, 2]), tf.min(map, [1, 2]))
          .abs()
          .max()
          .arraySync(),
      ).toBeLessThan(1e-6);
    });
    model.dispose();
  });

  it('turns gray into color in [-1, 1], on sides that differ', () => {
    const image = { height: 12, width: 8, channels: 3 };
    const model = cycleganGenerator({
      image,
      source: { ...image, channels: 1 },
      width: 2,
      blocks: 2,
      seed: 1,
    });
    tf.tidy(() => {
      const output = model.apply(tf.randomNormal([2, 12, 8, 1], 0, 1, 'float32', 7)) as tf.Tensor;
      expect(output.shape).toEqual([2, 12, 8, 3]);
      expect(output.abs().max().arraySync()).toBeLessThanOrEqual(1);
    });
    model.dispose();
  });

  it('starts from the seed and the name', () => {
    const first = (seed: number, name: string) => {
      const model = cycleganGenerator({ image: square(8), width: 2, blocks: 1, seed, name });
      const values = [...model.getWeights()[0]!.dataSync()];
      model.dispose();
      return values;
    };
    expect(first(1, 'there')).toEqual(first(1, 'there'));
    expect(first(1, 'there')).not.toEqual(first(1, 'back'));
    expect(first(1, 'there')).not.toEqual(first(2, 'there'));
  });

  it('names what does not fit', () => {
    const bad = (options: object) => () => cycleganGenerator({ image: square(32), seed: 1, ...options });
    expect(bad({ image: square(30) })).toThrow(/an image of 30x30, expected multiples of 4 from 8 on/);
    expect(bad({ image: square(4) })).toThrow(ArchitectureError);
    expect(bad({ source: square(16) })).toThrow(/source 16x16 and image 32x32/);
  });
});
