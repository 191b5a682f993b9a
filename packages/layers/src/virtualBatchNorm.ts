import * as tf from '@tensorflow/tfjs';
import { ambientNormal } from './ambientInitializers.js';
import { LayerShapeError, type Shape } from './errors.js';
import { type Initializer, type InitializerConfig, initializerOf } from './initializer.js';
import { GanLayer, type LayerConfig, type Weight } from './layer.js';
import { normalize } from './ops/normalize.js';
import { register } from './register.js';
import { imageChannels, wholeNumber } from './shapes.js';

/** Configuration of {@link virtualBatchNorm}. */
export interface VirtualBatchNormConfig extends LayerConfig {
  /** How many samples at the head of each batch are the reference batch, >= 1. */
  referenceSize: number;
  /** Added to the variance. Default 1e-5. */
  epsilon?: number;
  /** Default ambientNormal with mean 1 and deviation 0.02. */
  gammaInitializer?: InitializerConfig;
  /** Default zeros. */
  betaInitializer?: InitializerConfig;
}

/** See {@link virtualBatchNorm}. */
export class VirtualBatchNorm extends GanLayer<{
  referenceSize: number;
  epsilon: number;
  gammaInitializer: Initializer;
  betaInitializer: Initializer;
}> {
  static override readonly className = 'Ganjs>VirtualBatchNorm';

  private gamma!: Weight;
  private beta!: Weight;

  constructor(config: VirtualBatchNormConfig) {
    super(config, {
      referenceSize: wholeNumber('virtualBatchNorm', 'referenceSize', config.referenceSize),
      epsilon: config.epsilon ?? 1e-5,
      gammaInitializer: initializerOf(config.gammaInitializer, ambientNormal({ mean: 1, deviation: 0.02 })),
      betaInitializer: initializerOf(config.betaInitializer, tf.initializers.zeros()),
    });
  }

  protected override checkShapes(shapes: Shape[]): void {
    imageChannels(this.name, shapes);
    const batch = shapes[0]![0];
    const { referenceSize } = this.settings;
    if (typeof batch === 'number' && batch <= referenceSize)
      throw new LayerShapeError(
        this.name,
        `more than ${referenceSize} samples: the reference batch, then the samples to normalize`,
        shapes,
        'Concatenate the same reference batch in front of every batch',
      );
  }

  protected override createWeights(shapes: Shape[]): void {
    const channels = imageChannels(this.name, shapes);
    this.gamma = this.addWeight('gamma', [channels], 'float32', this.settings.gammaInitializer);
    this.beta = this.addWeight('beta', [channels], 'float32', this.settings.betaInitializer);
  }

  protected override forward([x]: tf.Tensor[]): tf.Tensor {
    const { referenceSize, epsilon } = this.settings;
    const [reference, samples] = tf.split(x!, [referenceSize, x!.shape[0]! - referenceSize]);
    const share = 1 / (referenceSize + 1);
    const blend = (own: tf.Tensor, others: tf.Tensor) =>
      tf.add(tf.mul(own, share), tf.mul(others, 1 - share));
    const mean = blend(tf.mean(samples!, [1, 2], true), tf.mean(reference!, [0, 1, 2], true));
    const power = blend(
      tf.mean(tf.square(samples!), [1, 2], true),
      tf.mean(tf.square(reference!), [0, 1, 2], true),
    );
    const variance = tf.sub(power, tf.square(mean));
    const normalized = tf.mul(tf.sub(samples!, mean), tf.rsqrt(tf.add(variance, epsilon)));
    const all = tf.concat([normalize(reference!, [0, 1, 2], epsilon), normalized]);
    return tf.add(tf.mul(all, this.gamma.read()), this.beta.read());
  }
}
register(VirtualBatchNorm);

/**
 * Virtual batch normalization: each sample is normalized by statistics of a fixed reference batch joined with
 * itself, so that it does not depend on the other samples:
 * mean = c·x̄ + (1-c)·m, mean of squares alike, c = 1/(referenceSize + 1), y = γ (x - mean) / √(variance + ε) + β.
 *
 * The first `referenceSize` samples of the batch are the reference; they are normalized by their own
 * statistics and pass on, so that the next layer finds them. Concatenate the reference latents in front of
 * every batch, and drop as many outputs of the network.
 *
 * Input and output: float32 [referenceSize + batch, height, width, channels].
 *
 * @throws LayerShapeError when the batch holds nothing but the reference.
 * @source Salimans et al., Improved techniques for training GANs (2016), section 3.4.
 */
export function virtualBatchNorm(config: VirtualBatchNormConfig): VirtualBatchNorm {
  return new VirtualBatchNorm(config);
}
