import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { base64Bytes } from '../base64.js';
import { float32Bytes, float32Values, packWeights, unpackWeights } from './quantization.js';

const model = () => {
  const input = tf.input({ shape: [4, 4, 2] });
  const conv = tf.layers.conv2d({
    filters: 3,
    kernelSize: 2,
    kernelInitializer: tf.initializers.heNormal({ seed: 3 }),
  });
  const dense = tf.layers.dense({ units: 2, kernelInitializer: 'zeros', biasInitializer: 'ones' });
  const flat = tf.layers.flatten().apply(conv.apply(input)) as tf.SymbolicTensor;
  return tf.model({ inputs: input, outputs: dense.apply(flat) as tf.SymbolicTensor });
};

describe('packWeights and unpackWeights', () => {
  it('carry each weight within half a step of 1/127 of its channel, biases exactly', () => {
    const [original, copy] = [model(), model()];
    const bytes = packWeights(original);
    expect(bytes.length).toBe(2 * 2 * 2 * 3 + 8 * 3 + 27 * 2 + 8 * 2);
    unpackWeights(copy, bytes);
    const [before, after] = [original, copy].map((m) => m.getWeights().map((w) => w.dataSync()));
    const channels = 3;
    before![0]!.forEach((value, i) => {
      const channel = before![0]!.filter((_, j) => j % channels === i % channels);
      const step = Math.max(...channel.map(Math.abs)) / 127;
      expect(Math.abs(after![0]![i]! - value)).toBeLessThanOrEqual(step * 0.5001);
    });
    expect(after!.slice(1)).toEqual(before!.slice(1));
    // What was rounded once is not changed again.
    expect(packWeights(copy)).toEqual(bytes);
    original.dispose();
    copy.dispose();
  });
});

describe('float32Bytes and base64Bytes', () => {
  it('are inverted, little-endian', () => {
    expect([...float32Bytes([1])]).toEqual([0, 0, 0x80, 0x3f]);
    const values = Float32Array.of(0, -1.5, 3e-9, 65504);
    const text = Buffer.from(float32Bytes(values)).toString('base64');
    expect(float32Values(base64Bytes(text))).toEqual(values);
  });
});
