import * as tf from '@tensorflow/tfjs';
import type { Shape } from './errors.js';
import { type Initializer, type InitializerConfig, initializerOf } from './initializer.js';
import { GanLayer, type LayerConfig, type Weight } from './layer.js';
import { imageChannels } from './shapes.js';

/** The learned scale and offset that follow a normalization. */
export interface AffineConfig extends LayerConfig {
  /** Added to the variance. */
  epsilon?: number;
  /** Learn a factor per channel. Default true. */
  scale?: boolean;
  /** Learn an offset per channel. Default true. */
  center?: boolean;
  /** Default ones. */
  gammaInitializer?: InitializerConfig;
  /** Default zeros. */
  betaInitializer?: InitializerConfig;
}

interface AffineSettings {
  epsilon: number;
  scale: boolean;
  center: boolean;
  gammaInitializer: Initializer;
  betaInitializer: Initializer;
}

/** Normalization over the pixels of each sample, followed by a learned scale and offset per channel. */
export abstract class SampleNorm<Settings extends object> extends GanLayer<Settings & AffineSettings> {
  private gamma?: Weight;
  private beta?: Weight;

  constructor(config: AffineConfig, own: Settings) {
    super(config, {
      ...own,
      epsilon: config.epsilon ?? 1e-5,
      scale: config.scale ?? true,
      center: config.center ?? true,
      gammaInitializer: initializerOf(config.gammaInitializer, tf.initializers.ones()),
      betaInitializer: initializerOf(config.betaInitializer, tf.initializers.zeros()),
    });
  }

  protected abstract normalized(x: tf.Tensor4D): tf.Tensor;

  protected override checkShapes(shapes: Shape[]): void {
    imageChannels(this.name, shapes);
  }

  protected override createWeights(shapes: Shape[]): void {
    const channels = imageChannels(this.name, shapes);
    const { scale, center, gammaInitializer, betaInitializer } = this.settings;
    if (scale) this.gamma = this.addWeight('gamma', [channels], 'float32', gammaInitializer);
    if (center) this.beta = this.addWeight('beta', [channels], 'float32', betaInitializer);
  }

  protected override forward([x]: tf.Tensor[]): tf.Tensor {
    let y = this.normalized(x as tf.Tensor4D);
    if (this.gamma) y = tf.mul(y, this.gamma.read());
    if (this.beta) y = tf.add(y, this.beta.read());
    return y;
  }
}
