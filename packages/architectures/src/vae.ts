import type { ImageShape } from '@ganjs/datasets';
import * as tf from '@tensorflow/tfjs';
import { type Initialization, initializerOf, seeded } from './initialization.js';
import { cropped, mapSides } from './mapSides.js';

/** Options of {@link vaeEncoder}. */
export interface VaeEncoderOptions {
  readonly image: ImageShape;
  /** Length of the latent vector. Default 20. */
  readonly latent?: number;
  /** Filters of the 3x3 convolutions of stride 2. Default none: a perceptron. */
  readonly filters?: readonly number[];
  /** Units of the dense layer before mean and variance. Default 400; 0 for none. */
  readonly hiddenUnits?: number;
  /** Default `glorot`. */
  readonly initialization?: Initialization;
  readonly seed: number;
}

/**
 * The encoder of a variational autoencoder: where in latent space an image lies, and how surely. Convolutions with
 * ReLU if there are any, a dense layer with ReLU, then mean and log variance.
 *
 * The defaults are the perceptron of PyTorch's example: 330,040 trainable scalars for 28x28x1. The convolutional
 * form of Keras's is `{ filters: [32, 64], hiddenUnits: 16, latent: 2 }`: 69,076.
 *
 * @returns a model from `[batch, height, width, channels]` to two outputs `[batch, latent]`: the means, and the
 *   logarithms of the variances.
 * @throws ArchitectureError when there are more convolutions than the image can be halved.
 * @source Kingma and Welling, "Auto-Encoding Variational Bayes" (2014).
 */
export function vaeEncoder(options: VaeEncoderOptions): tf.LayersModel {
  const { image, latent = 20, filters = [], hiddenUnits = 400, initialization = 'glorot', seed } = options;
  if (filters.length > 0) mapSides('vaeEncoder', image, { stages: filters.length });
  return seeded(seed, 'encoder', () => {
    const kernelInitializer = initializerOf(initialization);
    const input = tf.input({ name: 'image', shape: [image.height, image.width, image.channels] });
    const layers: tf.layers.Layer[] = filters.map((count, i) =>
      tf.layers.conv2d({
        name: `down${i + 1}`,
        filters: count,
        kernelSize: 3,
        strides: 2,
        padding: 'same',
        activation: 'relu',
        kernelInitializer,
      }),
    );
    layers.push(tf.layers.flatten({ name: 'flat' }));
    if (hiddenUnits > 0)
      layers.push(
        tf.layers.dense({ name: 'hidden', units: hiddenUnits, activation: 'relu', kernelInitializer }),
      );
    const x = through(layers, input);
    const outputs = ['mean', 'log_variance'].map(
      (name) => tf.layers.dense({ name, units: latent, kernelInitializer }).apply(x) as tf.SymbolicTensor,
    );
    return tf.model({ name: 'encoder', inputs: input, outputs });
  });
}

/** Options of {@link vaeDecoder}. */
export interface VaeDecoderOptions {
  readonly image: ImageShape;
  /** Length of the latent vector. Default 20. */
  readonly latent?: number;
  /** Filters of the encoder's convolutions, which are undone from the last on. Default none: a perceptron. */
  readonly filters?: readonly number[];
  /** Units of a dense layer after the latent vector. Default 400; 0 for none. */
  readonly hiddenUnits?: number;
  /** Default `glorot`. */
  readonly initialization?: Initialization;
  readonly seed: number;
}

/**
 * The decoder of a variational autoencoder: a dense layer with ReLU, then the pixels; with `filters`, a small map,
 * transposed 3x3 convolutions of stride 2 with ReLU, and one of stride 1 for the pixels.
 *
 * The defaults are the perceptron of PyTorch's example: 322,784 trainable scalars for 28x28x1. The convolutional
 * form of Keras's is `{ filters: [32, 64], hiddenUnits: 0, latent: 2 }`: 65,089.
 *
 * The layer `to_rgb` holds what tanh is applied to. As tanh(x) = 2 sigmoid(2x) - 1, twice its output are the logits
 * of pixels in [0, 1].
 *
 * @returns a model from `[batch, latent]` to `[batch, height, width, channels]` in [-1, 1].
 * @throws ArchitectureError when there are more filters than the image can be halved.
 * @source as {@link vaeEncoder}.
 */
export function vaeDecoder(options: VaeDecoderOptions): tf.LayersModel {
  const { image, latent = 20, filters = [], hiddenUnits = 400, initialization = 'glorot', seed } = options;
  const { height, width, channels } = image;
  const [start, ...sides] =
    filters.length > 0 ? mapSides('vaeDecoder', image, { stages: filters.length }).reverse() : [];
  return seeded(seed, 'decoder', () => {
    const kernelInitializer = initializerOf(initialization);
    const dense = (name: string, units: number, activation: 'relu' | 'linear') =>
      tf.layers.dense({ name, units, activation, kernelInitializer });
    const transposed = (name: string, count: number, strides: number, activation: 'relu' | 'linear') =>
      tf.layers.conv2dTranspose({
        name,
        filters: count,
        kernelSize: 3,
        strides,
        padding: 'same',
        activation,
        kernelInitializer,
      });

    const input = tf.input({ name: 'latent', shape: [latent] });
    let x = hiddenUnits > 0 ? through([dense('hidden', hiddenUnits, 'relu')], input) : input;
    if (!start) {
      const image = tf.layers.reshape({ name: 'image', targetShape: [height, width, channels] });
      x = through([dense('to_rgb', height * width * channels, 'linear'), image], x);
    } else {
      const map = [...start, filters.at(-1)!];
      const units = map.reduce((product, side) => product * side);
      x = through([dense('project', units, 'relu'), tf.layers.reshape({ name: 'map', targetShape: map })], x);
      for (const [i, side] of sides.entries()) {
        const count = filters.at(-1 - i)!;
        x = cropped(through([transposed(`up${i + 1}`, count, 2, 'relu')], x), `up${i + 1}_crop`, side);
      }
      x = through([transposed('to_rgb', channels, 1, 'linear')], x);
    }
    const outputs = through([tf.layers.activation({ name: 'pixels', activation: 'tanh' })], x);
    return tf.model({ name: 'decoder', inputs: input, outputs });
  });
}

/** What the layers make of `x`, one after the other. */
function through(layers: readonly tf.layers.Layer[], x: tf.SymbolicTensor): tf.SymbolicTensor {
  return layers.reduce((value, layer) => layer.apply(value) as tf.SymbolicTensor, x);
}
