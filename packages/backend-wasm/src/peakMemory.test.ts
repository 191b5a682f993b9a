import * as autodiff from '@ganjs/autodiff';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import * as layers from '../../layers/src/index.js';
import { peakBytes } from '../bench/peak.mjs';
import { registerWasmBackend } from './index.js';

const MEBIBYTE = 2 ** 20;

describe('the most memory that a move of StyleGAN2 uses, 32x32, 256 channels, batch 16', () => {
  it('stays below its bounds', async () => {
    await tf.setBackend(await registerWasmBackend({ threads: 1 }));
    autodiff.enableHigherOrderGradients();
    const before = tf.memory().numTensors;
    const moves = peakBytes(layers, autodiff, { dry: true });
    const used = (name: string) => moves[name]!.peak / MEBIBYTE;
    expect(used('generator')).toBeLessThan(700);
    expect(used('discriminator')).toBeLessThan(550);
    expect(used('R1')).toBeLessThan(550);
    expect(used('path length')).toBeLessThan(550);
    expect(tf.memory().numTensors).toBe(before);
  });
});
