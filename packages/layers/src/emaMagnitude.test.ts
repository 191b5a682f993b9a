import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { expectClose, load, readCases, type Saved } from '../test/fixtures.js';
import { expectRoundTrip, scoped } from '../test/support.js';
import { emaMagnitude, LayerConfigError } from './index.js';

interface Step {
  training: boolean;
  input: Saved;
  cotangent: Saved;
  output: Saved;
  gradient: Saved;
}

describe('emaMagnitude', () => {
  it.each(readCases<{ config: { decay: number }; steps: Step[] }>('emaMagnitude'))(
    'agrees with PyTorch over four calls: $config',
    async ({ config, steps }) => {
      scoped(() => {
        const layer = emaMagnitude(config);
        for (const { training, input, cotangent, output, gradient } of steps) {
          const { value, grad } = tf.valueAndGrad((x) => {
            const y = layer.apply(x, { training }) as tf.Tensor;
            expectClose(y, output, 1e-5, 'output');
            return y.mul(load(cotangent)).sum();
          })(load(input));
          value.dispose();
          expectClose(grad, gradient, 1e-4, 'gradient');
        }
      });
      const x = load(steps[0]!.input);
      await expectRoundTrip(emaMagnitude(config), x);
      x.dispose();
    },
  );

  it('refuses a decay of 1', () => {
    expect(() => emaMagnitude({ decay: 1 })).toThrow(LayerConfigError);
  });
});
