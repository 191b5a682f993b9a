import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { checkFixture } from '../test/fixtures.js';
import { LayerConfigError, LayerShapeError, projection } from './index.js';

checkFixture('projection', ({ config }) => projection(config));

describe('projection', () => {
  it('names what it expects', () => {
    const features = tf.input({ shape: [6] });
    expect(() => projection({ classes: 3 }).apply(features)).toThrow(LayerShapeError);
    expect(() => projection({ classes: 3 }).apply([features, tf.input({ shape: [2] })])).toThrow(
      /received \[batch, 6\], \[batch, 2\]/,
    );
    expect(() => projection({ classes: 0 })).toThrow(LayerConfigError);
  });
});
