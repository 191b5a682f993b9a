import * as tf from '@tensorflow/tfjs';
import { ambientGlorotUniform } from './ambientInitializers.js';
import { LayerShapeError, type Shape } from './errors.js';
import { type Initializer, type InitializerConfig, initializerAt, initializerOf } from './initializer.js';
import { type CallArguments, GanLayer, type LayerConfig, type Weight } from './layer.js';
import { nestedConv } from './nested.js';
import { register } from './register.js';
import { imageChannels, wholeNumber } from './shapes.js';

/** Configuration of {@link selfAttention}. */
export interface SelfAttentionConfig extends LayerConfig {
  /** Channels of queries and keys; null (the default) for an eighth of the input's. */
  keyChannels?: number | null;
  /** Channels of the values; null (the default) for half of the input's. */
  valueChannels?: number | null;
  /** Halve the size of keys and values by max pooling, as the authors' code does. Default true. */
  pool?: boolean;
  /** Spectrally normalize the convolutions. Default true. */
  spectralNorm?: boolean;
  /** Default ambientGlorotUniform. */
  kernelInitializer?: InitializerConfig;
}

/** See {@link selfAttention}. */
export class SelfAttention extends GanLayer<{
  keyChannels: number | null;
  valueChannels: number | null;
  pool: boolean;
  spectralNorm: boolean;
  kernelInitializer: Initializer;
}> {
  static override readonly className = 'Ganjs>SelfAttention';

  private convolutions!: Record<'query' | 'key' | 'value' | 'output', tf.layers.Layer>;
  private gamma!: Weight;

  constructor(config: SelfAttentionConfig = {}) {
    const { keyChannels = null, valueChannels = null } = config;
    if (keyChannels !== null) wholeNumber('selfAttention', 'keyChannels', keyChannels);
    if (valueChannels !== null) wholeNumber('selfAttention', 'valueChannels', valueChannels);
    super(config, {
      keyChannels,
      valueChannels,
      pool: config.pool ?? true,
      spectralNorm: config.spectralNorm ?? true,
      kernelInitializer: initializerOf(config.kernelInitializer, ambientGlorotUniform()),
    });
  }

  protected override checkShapes(shapes: Shape[]): void {
    const channels = imageChannels(this.name, shapes);
    const { keyChannels, valueChannels, pool } = this.settings;
    if (keyChannels === null && channels % 8 !== 0)
      throw new LayerShapeError(this.name, 'channels that are a multiple of 8', shapes, 'Or set keyChannels');
    if (valueChannels === null && channels % 2 !== 0)
      throw new LayerShapeError(this.name, 'an even number of channels', shapes, 'Or set valueChannels');
    const odd = shapes[0]!.slice(1, 3).some((n) => n !== null && n % 2 !== 0);
    if (pool && odd)
      throw new LayerShapeError(
        this.name,
        'an even height and width, to pool them',
        shapes,
        'Or set pool: false',
      );
  }

  protected override createWeights([shape]: Shape[]): void {
    const channels = shape![3]!;
    const { keyChannels, valueChannels, spectralNorm: spectral, kernelInitializer } = this.settings;
    const keys = keyChannels ?? channels / 8;
    const values = valueChannels ?? channels / 2;
    const conv = (name: string, filters: number, position: number) =>
      nestedConv({
        name,
        filters,
        kernelSize: 1,
        kernelInitializer: initializerAt(kernelInitializer, position),
        useBias: false,
        spectral,
      });
    this.convolutions = {
      query: conv('query', keys, 0),
      key: conv('key', keys, 1),
      value: conv('value', values, 2),
      output: conv('output', channels, 3),
    };
    const { output, ...inputs } = this.convolutions;
    for (const layer of Object.values(inputs)) this.adopt(layer, shape!);
    this.adopt(output, [...shape!.slice(0, 3), values]);
    this.gamma = this.addWeight('gamma', [], 'float32', tf.initializers.zeros());
  }

  protected override forward([x]: tf.Tensor[], args: CallArguments): tf.Tensor {
    const [batch, height, width] = x!.shape as [number, number, number];
    const { query, key, value, output } = this.convolutions;
    const rows = (layer: tf.layers.Layer, pool: boolean) => {
      const y = layer.call(x!, args) as tf.Tensor4D;
      const features = pool ? tf.maxPool(y, 2, 2, 'valid') : y;
      return features.reshape([batch, -1, features.shape[3]]);
    };
    const { pool } = this.settings;
    const weights = tf.softmax(tf.matMul(rows(query, false), rows(key, pool), false, true));
    const attended = tf.matMul(weights, rows(value, pool));
    const mixed = output.call(attended.reshape([batch, height, width, -1]), args) as tf.Tensor;
    return tf.add(x!, tf.mul(mixed, this.gamma.read()));
  }
}
register(SelfAttention);

/**
 * Self-attention over the pixels of a feature map: A = softmax over keys of θ(x) φ(x)ᵀ (no scaling),
 * y = x + γ · o(A g(x)), with 1×1 convolutions θ (query), φ (key), g (value), o (output) without bias, and a learned
 * scalar γ that starts at 0, so that a new layer is the identity.
 *
 * A matrix of height·width × height·width/4 numbers a sample is formed. A critic with a gradient penalty that
 * uses it needs `enableHigherOrderGradients()` of `@ganjs/autodiff`: stock second derivatives of softmax are wrong.
 *
 * Input and output: float32 [batch, height, width, channels].
 *
 * @throws LayerShapeError when the channels cannot be divided, or an odd image is to be pooled.
 * @source Zhang et al., Self-attention GAN (2019), section 3; pooling and C/2 as in the authors' code.
 */
export function selfAttention(config?: SelfAttentionConfig): SelfAttention {
  return new SelfAttention(config);
}
