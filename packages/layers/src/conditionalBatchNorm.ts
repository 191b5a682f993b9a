import * as tf from '@tensorflow/tfjs';
import { ambientGlorotUniform } from './ambientInitializers.js';
import { LayerConfigError, LayerShapeError, type Shape } from './errors.js';
import { type Initializer, type InitializerConfig, initializerOf } from './initializer.js';
import { isLabelShape, oneHotLabels } from './labelEmbedding.js';
import { type CallArguments, GanLayer, type LayerConfig, type Weight } from './layer.js';
import { register } from './register.js';
import { imageChannels, wholeNumber } from './shapes.js';

/** Configuration of {@link conditionalBatchNorm}. */
export interface ConditionalBatchNormConfig extends LayerConfig {
  /** Number of classes, when the condition is a label; null (the default) when it is a vector. */
  classes?: number | null;
  /** Weight of the past in the moving statistics, in [0, 1). Default 0.9. */
  momentum?: number;
  /** Added to the variance. Default 1e-5. */
  epsilon?: number;
  /** Of the table of scales. Default ones (labels) or ambientGlorotUniform (vectors, where the scale is 1 + x·W). */
  gammaInitializer?: InitializerConfig;
  /** Of the table of offsets. Default zeros (labels) or ambientGlorotUniform (vectors). */
  betaInitializer?: InitializerConfig;
}

/** See {@link conditionalBatchNorm}. */
export class ConditionalBatchNorm extends GanLayer<{
  classes: number | null;
  momentum: number;
  epsilon: number;
  gammaInitializer: Initializer;
  betaInitializer: Initializer;
}> {
  static override readonly className = 'Ganjs>ConditionalBatchNorm';

  private gamma!: Weight;
  private beta!: Weight;
  private movingMean!: Weight;
  private movingVariance!: Weight;

  constructor(config: ConditionalBatchNormConfig = {}) {
    const { classes = null, momentum = 0.9 } = config;
    if (classes !== null) wholeNumber('conditionalBatchNorm', 'classes', classes);
    if (!(momentum >= 0 && momentum < 1))
      throw new LayerConfigError('conditionalBatchNorm', 'momentum', 'in [0, 1)', momentum);
    const { ones, zeros } = tf.initializers;
    super(config, {
      classes,
      momentum,
      epsilon: config.epsilon ?? 1e-5,
      gammaInitializer: initializerOf(
        config.gammaInitializer,
        classes === null ? ambientGlorotUniform() : ones(),
      ),
      betaInitializer: initializerOf(
        config.betaInitializer,
        classes === null ? ambientGlorotUniform() : zeros(),
      ),
    });
  }

  protected override checkShapes(shapes: Shape[]): void {
    imageChannels(this.name, shapes.slice(0, 1));
    const condition = shapes[1];
    const { classes } = this.settings;
    if (classes === null && (condition?.length !== 2 || !condition[1]))
      throw new LayerShapeError(this.name, '[images, condition] with a condition [batch, features]', shapes);
    if (classes !== null && !isLabelShape(condition))
      throw new LayerShapeError(this.name, '[images, labels] with labels [batch] or [batch, 1]', shapes);
  }

  protected override createWeights(shapes: Shape[]): void {
    const channels = imageChannels(this.name, shapes.slice(0, 1));
    const { classes, gammaInitializer, betaInitializer } = this.settings;
    const rows = classes ?? shapes[1]![1]!;
    const { zeros, ones } = tf.initializers;
    this.gamma = this.addWeight('gamma', [rows, channels], 'float32', gammaInitializer);
    this.beta = this.addWeight('beta', [rows, channels], 'float32', betaInitializer);
    this.movingMean = this.addWeight('moving_mean', [channels], 'float32', zeros(), undefined, false);
    this.movingVariance = this.addWeight('moving_variance', [channels], 'float32', ones(), undefined, false);
  }

  protected override forward([x, condition]: tf.Tensor[], { training }: CallArguments): tf.Tensor {
    const { classes, epsilon } = this.settings;
    const { mean, variance } = training ? this.batchStatistics(x!) : this.movingStatistics();
    const rows = classes === null ? condition! : oneHotLabels(condition!, classes);
    const perSample = (table: Weight) => tf.matMul(rows, table.read()).reshape([-1, 1, 1, x!.shape[3]!]);
    const scale = classes === null ? tf.add(perSample(this.gamma), 1) : perSample(this.gamma);
    const normalized = tf.mul(tf.sub(x!, mean), tf.rsqrt(tf.add(variance, epsilon)));
    return tf.add(tf.mul(normalized, scale), perSample(this.beta));
  }

  private movingStatistics() {
    return { mean: this.movingMean.read(), variance: this.movingVariance.read() };
  }

  private batchStatistics(x: tf.Tensor) {
    const { mean, variance } = tf.moments(x, [0, 1, 2]);
    const count = x.size / x.shape[3]!;
    const update = (moving: Weight, now: tf.Tensor) => {
      const { momentum } = this.settings;
      moving.write(tf.add(tf.mul(moving.read(), momentum), tf.mul(now, 1 - momentum)));
    };
    update(this.movingMean, mean);
    update(this.movingVariance, tf.mul(variance, count / Math.max(count - 1, 1)));
    return { mean, variance };
  }
}
register(ConditionalBatchNorm);

/**
 * Conditional batch normalization: y = γ(c) · (x - μ) / √(σ² + ε) + β(c), where μ and σ² are the batch's when
 * called with `{ training: true }` and moving averages otherwise (of the unbiased variance, as PyTorch keeps it).
 *
 * With `classes`, the condition is a label and γ, β are rows of two tables. Without, it is a vector c (a class
 * embedding, or one joined with a latent chunk) and γ = 1 + c·W_γ, β = c·W_β, as in BigGAN.
 *
 * Inputs: images float32 [batch, height, width, channels]; labels [batch] or [batch, 1] in 0 … classes - 1, or a
 * vector float32 [batch, features]. Output: the shape of the images.
 *
 * @throws LayerShapeError when the condition has another shape; LayerConfigError for a momentum out of range.
 * @source Dumoulin et al., A learned representation for artistic style (2017); Miyato and Koyama (2018);
 * Brock et al., BigGAN (2019), appendix B.
 */
export function conditionalBatchNorm(config?: ConditionalBatchNormConfig): ConditionalBatchNorm {
  return new ConditionalBatchNorm(config);
}
