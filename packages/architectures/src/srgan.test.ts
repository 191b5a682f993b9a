import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { ArchitectureError, srganDiscriminator, srresnet } from './index.js';
import { keeper, trainable } from './testing.js';

const built = keeper();
const square = (side: number, channels = 3) => ({ height: side, width: side, channels });
const small = { source: { height: 3, width: 4, channels: 1 }, blocks: 2, width: 4, seed: 1 };

describe('srresnet', () => {
  it('has the parameter count of the paper', () => {
    const model = built(srresnet({ source: square(24), seed: 1 }));
    expect(trainable(model)).toBe(1_550_659);
    expect(model.outputs[0]!.shape).toEqual([null, 96, 96, 3]);
  });

  it.each([2, 4, 8] as const)('enlarges %i times, with either way to double', (factor) => {
    for (const upsampling of ['pixel-shuffle', 'upsampling2d'] as const) {
      const model = built(srresnet({ ...small, factor, upsampling }));
      tf.tidy(() => {
        const output = model.apply(tf.randomNormal([2, 3, 4, 1], 0, 3, 'float32', 1)) as tf.Tensor;
        expect(output.shape).toEqual([2, 3 * factor, 4 * factor, 1]);
        expect(output.abs().max().arraySync()).toBeLessThanOrEqual(1);
      });
    }
  });

  it('adds what the blocks find to the first features: with silent blocks only those are enlarged', () => {
    const model = built(srresnet({ ...small, norm: 'none', output: 'linear' }));
    tf.tidy(() => {
      const silent = model.getLayer('trunk');
      silent.setWeights(silent.getWeights().map((weight) => tf.zerosLike(weight)));
      const x = tf.randomNormal([1, 3, 4, 1], 0, 1, 'float32', 2);
      const first = tf.model({ inputs: model.inputs, outputs: model.getLayer('first_prelu').output });
      const skip = tf.model({ inputs: model.inputs, outputs: model.getLayer('skip').output });
      const difference = tf.sub(first.apply(x) as tf.Tensor, skip.apply(x) as tf.Tensor);
      expect(difference.abs().max().arraySync()).toBe(0);
    });
  });

  it('leaves the range open when linear, and batch norm out when asked', () => {
    const model = built(srresnet({ ...small, norm: 'none', output: 'linear' }));
    expect(model.layers.some((layer) => layer.getClassName() === 'BatchNormalization')).toBe(false);
    tf.tidy(() => {
      const output = model.apply(tf.fill([1, 3, 4, 1], 50)) as tf.Tensor;
      expect(output.abs().max().arraySync()).toBeGreaterThan(1);
    });
  });

  it('starts from the seed', () => {
    const weights = (seed: number) =>
      built(srresnet({ ...small, seed }))
        .getWeights()
        .map((weight) => [...weight.dataSync()]);
    expect(weights(1)).toEqual(weights(1));
    expect(weights(1)[0]).not.toEqual(weights(2)[0]);
  });

  it('refuses another factor', () => {
    expect(() => srresnet({ ...small, factor: 3 as 2 })).toThrow(ArchitectureError);
    expect(() => srresnet({ ...small, factor: 3 as 2 })).toThrow(/factor is 3, expected 2, 4 or 8/);
  });
});

describe('srganDiscriminator', () => {
  it('has the parameter count of the paper', () => {
    const model = built(srganDiscriminator({ image: square(96), seed: 1 }));
    expect(trainable(model)).toBe(23_565_505);
    expect(model.getLayer('features').outputShape).toEqual([null, 18432]);
  });

  it('judges each image by itself when it has learnt, on sides of any size', () => {
    const image = { height: 20, width: 12, channels: 1 };
    const model = built(srganDiscriminator({ image, width: 2, hiddenUnits: 8, seed: 1 }));
    tf.tidy(() => {
      const images = tf.randomNormal([3, 20, 12, 1], 0, 1, 'float32', 1);
      const together = model.predict(images) as tf.Tensor;
      const alone = model.predict(tf.slice(images, [1, 0, 0, 0], [1, -1, -1, -1])) as tf.Tensor;
      expect(together.shape).toEqual([3, 1]);
      expect(together.dataSync()[1]).toBeCloseTo(alone.dataSync()[0]!, 5);
    });
  });
});
