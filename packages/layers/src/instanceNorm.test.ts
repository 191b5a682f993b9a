import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { checkFixture } from '../test/fixtures.js';
import { instanceNorm, LayerShapeError } from './index.js';

checkFixture('instanceNorm', () => instanceNorm());

describe('instanceNorm', () => {
  it('refuses what is not images', () => {
    expect(() => instanceNorm().apply(tf.input({ shape: [7] }))).toThrow(LayerShapeError);
  });
});
