import * as tf from '@tensorflow/tfjs';
import { base64Bytes } from '../base64.js';
import { encoders } from '../encoders.js';
import { EncoderError } from '../errors.js';
import { checkImages, enlarged } from './mapShapes.js';

/** Features of images, a row each: `Rows` of `@ganjs/metrics`. */
export interface ImageFeatures {
  /** The values, row after row: `data[i * width + j]`. */
  readonly data: Float32Array;
  readonly samples: number;
  readonly width: number;
}

/** A trained Inception v3; see {@link inceptionV3}. */
export interface InceptionV3 {
  /**
   * What the network sees in whole images: the 2,048 features before its classifier, averaged over the image.
   *
   * Images are resized to 299x299 (bilinear, half-pixel centres, not antialiased) and gray ones made RGB.
   *
   * @param images float32 [n, height, width, 1 or 3] in [-1, 1]; not disposed.
   * @returns n rows of 2,048 values >= 0, for `frechetDistanceOfFeatures`, `kernelDistance` and the like.
   * @throws ShapeError for other images.
   */
  features(images: tf.Tensor4D): Promise<ImageFeatures>;
  /**
   * What the network sees where: four feature maps of 64, 192, 288 and 768 channels, from edges to parts of objects.
   *
   * An image whose smaller side is below 128 is enlarged to 128 (bilinear, half-pixel centres); others are taken
   * as they are; `inceptionMapShapes` tells the shapes without the network. It can be differentiated, so it is a
   * feature extractor for the content losses of `@ganjs/losses`; enable the corrected gradients of `@ganjs/autodiff`
   * then, as the trainer does.
   *
   * @param images float32 [n, height, width, 1 or 3] in [-1, 1].
   * @returns float32 [n, h, w, channels] each, inside `tf.tidy` or to be disposed by the caller.
   * @throws ShapeError for other images.
   */
  maps(images: tf.Tensor4D): tf.Tensor4D[];
  /** Frees the weights, unless they came from outside. */
  dispose(): void;
}

/** The side that the network was trained on. */
const SIDE = 299;
/** Images in one forward pass: the widest map of 8 takes 45 MB. */
const BATCH = 8;
const POOLED = { layer: 'mixed10', width: encoders.inception.features };
/** All in the part of the network that was frozen when it was fine-tuned: these weights are ImageNet's. */
const MAPS = ['activation_3', 'activation_5', 'mixed2', 'mixed5'];

/**
 * Inception v3, on the active TensorFlow.js backend.
 *
 * Without a model, the one that the npm package `nsfwjs` ships is loaded (28 MB; install it yourself). It is
 * trained on ImageNet and then fine-tuned, from its sixth mixed block on, to sort images into five classes, with
 * weights of 8 bits. Scores on it compare runs with each other. They are not FID, KID or IS: those names belong to
 * the weights of 2015, and to their own way to resize.
 *
 * @param model an Inception v3 with the layer names of Keras and RGB input in [0, 1], to use instead.
 * @throws EncoderError when `nsfwjs` is not installed, or the model lacks a layer.
 * @source Szegedy et al., "Rethinking the Inception Architecture for Computer Vision" (2016).
 * @example
 * const inception = await inceptionV3();
 * const distance = frechetDistanceOfFeatures(await inception.features(fakes), await inception.features(reals));
 */
export async function inceptionV3(model?: tf.LayersModel): Promise<InceptionV3> {
  const network = model ?? (await loadShipped());
  const outputs = (names: readonly string[]) =>
    tf.model({ inputs: network.inputs, outputs: names.map((name) => layerOutput(network, name)) });
  const pooled = outputs([POOLED.layer]);
  const middle = outputs(MAPS);

  return {
    async features(images) {
      const values = new Float32Array(images.shape[0] * POOLED.width);
      for (let from = 0; from < images.shape[0]; from += BATCH) {
        const count = Math.min(BATCH, images.shape[0] - from);
        const batch = tf.tidy(() => {
          const some = tf.slice(images, [from, 0, 0, 0], [count, -1, -1, -1]);
          const map = pooled.apply(resized(asInput(some), SIDE, SIDE), { training: false }) as tf.Tensor4D;
          return tf.mean<tf.Tensor2D>(map, [1, 2]);
        });
        values.set(await batch.data(), from * POOLED.width);
        batch.dispose();
      }
      return { data: values, samples: images.shape[0], width: POOLED.width };
    },
    maps: (images) =>
      tf.tidy(() => {
        const [, height, width] = images.shape;
        const [tall, wide] = enlarged(height, width);
        const input = asInput(images);
        const large = tall === height && wide === width ? input : resized(input, tall, wide);
        return middle.apply(large, { training: false }) as tf.Tensor4D[];
      }),
    dispose() {
      if (!model) network.dispose();
    },
  };
}

/** Images in [-1, 1] as RGB in [0, 1]. */
function asInput(images: tf.Tensor4D): tf.Tensor4D {
  checkImages(images.shape);
  const unit: tf.Tensor4D = tf.div(tf.add(images, 1), 2);
  return images.shape[3] === 3 ? unit : tf.concat([unit, unit, unit], 3);
}

function resized(images: tf.Tensor4D, height: number, width: number): tf.Tensor4D {
  return tf.image.resizeBilinear(images, [height, width], false, true);
}

function layerOutput(network: tf.LayersModel, name: string): tf.SymbolicTensor {
  const layer = network.layers.find((one) => one.name === name);
  if (layer) return layer.output as tf.SymbolicTensor;
  throw new EncoderError(
    'inceptionV3',
    `a model without a layer "${name}"`,
    'an Inception v3 with the layer names of Keras',
    'Convert the one of keras.applications, or call it without a model.',
  );
}

/** What `nsfwjs` exports of a model: functions that load its parts. */
interface ShippedModel {
  modelJson(): Promise<{ default: tf.io.ModelJSON }>;
  readonly weightBundles: readonly (() => Promise<{ default: string }>)[];
}

async function loadShipped(): Promise<tf.LayersModel> {
  let shipped: ShippedModel;
  try {
    const module = await import('nsfwjs/models/inception_v3');
    shipped = module.InceptionV3Model as unknown as ShippedModel;
  } catch (error) {
    throw new EncoderError(
      'inceptionV3',
      'neither a model nor the npm package nsfwjs',
      'one of them',
      `Install the weights: ${encoders.inception.install}, or pass a model.`,
      { cause: error },
    );
  }
  const { modelTopology, weightsManifest } = (await shipped.modelJson()).default;
  const bundles = await Promise.all(shipped.weightBundles.map(async (load) => (await load()).default));
  return tf.loadLayersModel(
    tf.io.fromMemory({
      modelTopology,
      weightSpecs: weightsManifest.flatMap(({ weights }) => weights),
      weightData: bundles.map((text) => base64Bytes(text).buffer as ArrayBuffer),
    }),
  );
}
