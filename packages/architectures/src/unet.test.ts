import { Stream } from '@ganjs/random';
import * as tf from '@tensorflow/tfjs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ArchitectureError, unetGenerator } from './index.js';

const square = (side: number, channels = 3) => ({ height: side, width: side, channels });
const trainable = (model: tf.LayersModel) =>
  model.trainableWeights.reduce((sum, w) => sum + w.shape.reduce<number>((a, b) => a * (b ?? 1), 1), 0);

describe('unetGenerator', () => {
  afterEach(() => vi.restoreAllMocks());

  it.each([
    [256, 'batch', 54_413_955],
    [256, 'instance-affine', 54_413_955],
    [256, 'instance', 54_409_603],
    [128, 'batch', 41_828_995],
  ] as const)('for %i pixels and %s norm has its parameter count', (side, norm, count) => {
    // Drawing 54 million numbers takes seconds.
    vi.spyOn(Stream.prototype, 'normal').mockImplementation((n) => new Float32Array(n));
    const model = unetGenerator({ image: square(side), norm, seed: 1 });
    expect(trainable(model)).toBe(count);
    expect(model.outputs[0]!.shape).toEqual([null, side, side, 3]);
    model.dispose();
  });

  it('halves as often as both sides allow, and takes other channels than it gives', () => {
    const image = { height: 32, width: 16, channels: 3 };
    const model = unetGenerator({ image, source: { ...image, channels: 1 }, width: 2, seed: 1 });
    expect(model.getLayer('down4').outputShape).toEqual([null, 2, 1, 16]);
    const output = tf.tidy(() => model.apply(tf.ones([2, 32, 16, 1])) as tf.Tensor);
    expect(output.shape).toEqual([2, 32, 16, 3]);
    expect(tf.tidy(() => output.abs().max().arraySync())).toBeLessThanOrEqual(1);
    tf.dispose(output);
    model.dispose();
    const short = unetGenerator({ image, downs: 2, width: 2, seed: 1 });
    expect(short.getLayer('down2').outputShape).toEqual([null, 8, 4, 4]);
    short.dispose();
  });

  it('hands details past the bottleneck: a pixel of the source reaches the pixel above it', () => {
    const model = unetGenerator({ image: square(16, 1), width: 4, norm: 'none', seed: 3 });
    tf.tidy(() => {
      // Dead centre and corner: through the 1x1 bottleneck all pixels would change alike.
      const dot = tf.buffer([1, 16, 16, 1]);
      dot.set(100, 0, 5, 5, 0);
      const change = (model.apply(dot.toTensor()) as tf.Tensor)
        .sub(model.apply(tf.zeros([1, 16, 16, 1])) as tf.Tensor)
        .abs()
        .reshape([16, 16]);
      const near = change.slice([4, 4], [4, 4]).mean().arraySync() as number;
      const far = change.slice([12, 12], [4, 4]).mean().arraySync() as number;
      expect(near).toBeGreaterThan(3 * far);
    });
    model.dispose();
  });

  it('drops in the first three steps up, when it trains', () => {
    const model = unetGenerator({ image: square(32), width: 2, seed: 1 });
    const rates = [1, 2, 3, 4, 5].map((i) => model.getLayer(`up${i}`).getConfig().dropoutRate);
    expect(rates).toEqual([0.5, 0.5, 0.5, 0, 0]);
    model.dispose();
  });

  it('passes a signal through a bottleneck of one pixel at batch 1, whatever the norm', () => {
    for (const norm of ['batch', 'instance', 'instance-affine'] as const) {
      const model = unetGenerator({ image: square(8), width: 4, norm, dropoutRate: 0, seed: 5 });
      const bottleneck = tf.model({
        inputs: model.inputs,
        outputs: model.getLayer('down3').output as tf.SymbolicTensor,
      });
      tf.tidy(() => {
        const of = (seed: number) =>
          bottleneck.apply(tf.randomNormal([1, 8, 8, 3], 0, 1, 'float32', seed), {
            training: true,
          }) as tf.Tensor;
        expect(of(1).sub(of(2)).abs().max().arraySync()).toBeGreaterThan(1e-3);
      });
      model.dispose();
    }
  });

  it('names what does not fit', () => {
    const bad = (options: object) => () => unetGenerator({ image: square(32), seed: 1, ...options });
    expect(bad({ image: square(28), downs: 3 })).toThrow(/3 downs of 28x28, expected 2 to 2/);
    expect(bad({ image: square(30) })).toThrow(ArchitectureError);
    expect(bad({ source: square(16) })).toThrow(/source 16x16 and image 32x32, expected the same sides/);
  });
});
