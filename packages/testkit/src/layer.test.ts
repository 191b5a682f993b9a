import { ambientStream } from '@ganjs/random';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { layerChecks, testLayer } from './layer.js';
import { failures } from './testing.js';

const inputs = [[2, 3, 3, 4]];
testLayer('conv2d', () => tf.layers.conv2d({ filters: 3, kernelSize: 2 }), { inputs });
testLayer('batchNormalization', () => tf.layers.batchNormalization(), { inputs });
testLayer('embedding', () => tf.layers.embedding({ inputDim: 5, outputDim: 2 }), {
  inputs: [[3, 1]],
  classes: 5,
});

class Double extends tf.layers.Layer {
  static readonly className: string = 'TestkitDouble';
  override call(input: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.mul(Array.isArray(input) ? input[0]! : input, 2);
  }
}
tf.serialization.registerClass(Double);
testLayer('a layer of one method', () => new Double({}), { inputs });

/** Saves its factor, and does not read it. */
class Forgetful extends Double {
  static override readonly className = 'TestkitForgetful';
  constructor(
    config: object,
    readonly factor = 1,
  ) {
    super(config);
  }
  override getConfig = () => ({ ...super.getConfig(), factor: this.factor });
}
tf.serialization.registerClass(Forgetful);

/** Layers that each break one promise. */
const broken: [what: string, create: () => tf.layers.Layer, fails: string, says: RegExp][] = [
  [
    'another shape than promised',
    () =>
      new (class extends Double {
        override computeOutputShape = () => [2, 3, 3, 1];
      })({}),
    'gives the shape that it promises',
    /shape \[2,3,3,4\], but expected \[2,3,3,1\]/,
  ],
  [
    'a gradient that is not finite',
    () =>
      new (class extends Double {
        override call = (input: tf.Tensor | tf.Tensor[]) =>
          tf.sqrt(tf.relu((input as tf.Tensor[])[0] ?? (input as tf.Tensor)));
      })({}),
    'has finite values and gradients at inference',
    /the gradient to .* holds (NaN|Infinity)/,
  ],
  [
    'a drift at inference',
    () => {
      let calls = 0;
      return new (class extends Double {
        override call = (input: tf.Tensor | tf.Tensor[]) =>
          tf.add((input as tf.Tensor[])[0] ?? (input as tf.Tensor), calls++);
      })({});
    },
    'is a pure function at inference',
    /the output of a second call/,
  ],
  [
    'noise from nowhere',
    () =>
      new (class extends Double {
        override call = (input: tf.Tensor | tf.Tensor[]) =>
          tf.add((input as tf.Tensor[])[0] ?? (input as tf.Tensor), Math.random());
      })({}),
    'draws from the ambient stream alone',
    /the output of a twin in training/,
  ],
  [
    'a setting that is not saved',
    () => {
      const layer = new Double({});
      layer.call = (input) => tf.mul((input as tf.Tensor[])[0] ?? (input as tf.Tensor), 3);
      return layer;
    },
    'can be saved in a model and loaded',
    /the output of the loaded model/,
  ],
  [
    'a setting that is lost',
    () => new Forgetful({}, 3),
    'can be saved in a model and loaded',
    /the loaded layer's factor is 1, but expected 3/,
  ],
  [
    'a tensor kept by each call',
    () =>
      new (class extends Double {
        override call = (input: tf.Tensor | tf.Tensor[]) => {
          kept.push(tf.keep(tf.scalar(1)));
          return super.call(input);
        };
      })({}),
    'leaves no tensor behind',
    /a call leaves 1 tensors behind/,
  ],
];
const kept: tf.Tensor[] = [];

it.each(broken)('%s is found', async (_, create, fails, says) => {
  const found = await failures(layerChecks(create, { inputs }));
  tf.dispose(kept.splice(0));
  expect(found[fails]).toMatch(says);
});

it('lets a layer draw from the ambient stream', async () => {
  class Noise extends Double {
    override call = (input: tf.Tensor | tf.Tensor[]) => {
      const x = (input as tf.Tensor[])[0] ?? (input as tf.Tensor);
      return tf.add(x, tf.tensor(ambientStream().normal(x.size), x.shape));
    };
  }
  const found = await failures(layerChecks(() => new Noise({}), { inputs }));
  expect(found).not.toHaveProperty('draws from the ambient stream alone');
});
