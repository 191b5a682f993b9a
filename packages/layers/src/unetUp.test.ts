import { stream, withStream } from '@ganjs/random';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { checkFixture } from '../test/fixtures.js';
import { scoped } from '../test/support.js';
import { instanceNorm, LayerShapeError, unetDown, unetUp } from './index.js';

interface BlockConfig {
  filters: number;
  normalization: boolean;
}

const block = ({ normalization, ...config }: BlockConfig) => ({
  ...config,
  norm: normalization ? instanceNorm() : null,
});

checkFixture('unetDown', ({ config }) => unetDown(block(config)));
checkFixture('unetUp', ({ config }) => unetUp(block(config)));

describe('unetUp', () => {
  it('drops its own features while training, never the skip connection', () => {
    scoped(() => {
      const layer = unetUp({ filters: 50, dropoutRate: 0.5, kernelInitializer: 'ones' });
      const inputs = [tf.ones([1, 4, 4, 1]), tf.ones([1, 8, 8, 3])];
      const [own, skip] = withStream(stream(1), () =>
        tf.split(layer.apply(inputs, { training: true }) as tf.Tensor4D, [50, 3], 3),
      );
      const zeros = own!.equal(0).mean().dataSync()[0]!;
      expect(zeros).toBeGreaterThan(0.45);
      expect(zeros).toBeLessThan(0.55);
      expect(skip!.min().dataSync()[0]).toBe(1);
      const still = layer.apply(inputs) as tf.Tensor4D;
      expect(still.min().dataSync()[0]).toBe(1);
    });
  });

  it('names what it expects', () => {
    const small = [tf.input({ shape: [4, 4, 3] }), tf.input({ shape: [4, 4, 3] })];
    expect(() => unetUp({ filters: 2 }).apply(small)).toThrow(
      /twice as high and wide as the input, but received \[batch, 4, 4, 3\], \[batch, 4, 4, 3\]/,
    );
    expect(() => unetDown({ filters: 2 }).apply(tf.input({ shape: [5, 4, 3] }))).toThrow(LayerShapeError);
  });
});
