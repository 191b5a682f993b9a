import * as tf from '@tensorflow/tfjs';
import { LayerShapeError, type Shape } from './errors.js';
import { type Initializer, type InitializerConfig, initializerOf } from './initializer.js';
import { GanLayer, type LayerConfig, register, type Weight } from './layer.js';
import { normalize } from './ops/normalize.js';
import { imageChannels, wholeNumber } from './shapes.js';

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

/** Configuration of {@link groupNorm}. */
export interface GroupNormConfig extends AffineConfig {
  /** Number of groups; divides the channels. */
  groups: number;
  /** Added to the variance. Default 1e-5. */
  epsilon?: number;
}

interface AffineSettings {
  epsilon: number;
  scale: boolean;
  center: boolean;
  gammaInitializer: Initializer;
  betaInitializer: Initializer;
}

/** Normalization over the pixels of each sample, followed by a learned scale and offset per channel. */
abstract class SampleNorm<Settings extends object> extends GanLayer<Settings & AffineSettings> {
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

/** See {@link groupNorm}. */
export class GroupNorm extends SampleNorm<{ groups: number }> {
  static override readonly className = 'Ganjs>GroupNorm';

  constructor(config: GroupNormConfig) {
    super(config, { groups: wholeNumber('groupNorm', 'groups', config.groups) });
  }

  protected override checkShapes(shapes: Shape[]): void {
    const { groups } = this.settings;
    if (imageChannels(this.name, shapes) % groups !== 0)
      throw new LayerShapeError(this.name, `channels that are a multiple of groups = ${groups}`, shapes);
  }

  protected override normalized(x: tf.Tensor4D): tf.Tensor {
    const { groups, epsilon } = this.settings;
    const [batch, height, width, channels] = x.shape;
    const grouped = x.reshape([batch, height * width, groups, channels / groups]);
    return normalize(grouped, [1, 3], epsilon).reshape(x.shape);
  }
}
register(GroupNorm);

/** See {@link instanceNorm}. */
export class InstanceNorm extends SampleNorm<object> {
  static override readonly className = 'Ganjs>InstanceNorm';

  constructor(config: AffineConfig = {}) {
    super(config, {});
  }

  protected override normalized(x: tf.Tensor4D): tf.Tensor {
    return normalize(x, [1, 2], this.settings.epsilon);
  }
}
register(InstanceNorm);

/**
 * Group normalization: each sample's channels, in `groups` consecutive groups, are standardized over height,
 * width and the group's channels; then y = γ x̂ + β per channel. `groups: 1` is the layer normalization of
 * images with per-channel γ and β.
 *
 * Input and output: float32 [batch, height, width, channels].
 *
 * @throws LayerShapeError unless the channels are a multiple of the groups.
 * Source: Wu and He, Group normalization (2018).
 */
export function groupNorm(config: GroupNormConfig): GroupNorm {
  return new GroupNorm(config);
}

/**
 * Instance normalization: each channel of each sample is standardized over height and width;
 * y = γ x̂ + β per channel. Epsilon 1e-5 by default; `scale: false, center: false` is the form without affine.
 *
 * Input and output: float32 [batch, height, width, channels].
 *
 * Source: Ulyanov et al., Instance normalization (2016).
 */
export function instanceNorm(config?: AffineConfig): InstanceNorm {
  return new InstanceNorm(config);
}
