import type * as tf from '@tensorflow/tfjs';
import { LayerShapeError, type Shape } from './errors.js';
import { normalize } from './ops/normalize.js';
import { register } from './register.js';
import { type AffineConfig, SampleNorm } from './sampleNorm.js';
import { imageChannels, wholeNumber } from './shapes.js';

/** Configuration of {@link groupNorm}. */
export interface GroupNormConfig extends AffineConfig {
  /** Number of groups; divides the channels. */
  groups: number;
  /** Added to the variance. Default 1e-5. */
  epsilon?: number;
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

/**
 * Group normalization: each sample's channels, in `groups` consecutive groups, are standardized over height,
 * width and the group's channels; then y = γ x̂ + β per channel. `groups: 1` is the layer normalization of
 * images with per-channel γ and β.
 *
 * Input and output: float32 [batch, height, width, channels].
 *
 * @throws LayerShapeError unless the channels are a multiple of the groups.
 * @source Wu and He, Group normalization (2018).
 */
export function groupNorm(config: GroupNormConfig): GroupNorm {
  return new GroupNorm(config);
}
