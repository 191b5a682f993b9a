import type { ImageShape } from '@ganjs/datasets';
import { unetDown, unetUp } from '@ganjs/layers';
import * as tf from '@tensorflow/tfjs';
import { ArchitectureError } from './errors.js';
import { seeded } from './initialization.js';
import { biasBefore, type Norm, normOf } from './norm.js';
import { checkSameSides } from './sides.js';

/** Options of {@link unetGenerator}. */
export interface UnetGeneratorOptions {
  /** The shape of the images that come out. */
  readonly image: ImageShape;
  /** The shape of the images that are given: the same sides. Default: that of `image`. */
  readonly source?: ImageShape;
  /** How often the image is halved. Default: as often as both sides divide by 2. */
  readonly downs?: number;
  /** Channels of the first feature map; each step down doubles them, up to 8 times as many. Default 64. */
  readonly width?: number;
  /** Default `batch`. */
  readonly norm?: Norm;
  /** Share of activations that the first three steps up drop. Default 0.5. */
  readonly dropoutRate?: number;
  readonly seed: number;
  /** Keeps several networks of one seed apart. Default `generator`. */
  readonly name?: string;
}

/** How many steps up drop activations. */
const DROPPING = 3;

/**
 * The generator of Pix2Pix: an encoder halves the image with 4x4 convolutions down to the bottleneck, a decoder
 * doubles it again, and each step up is handed the feature map of its size on the way down.
 *
 * Channels 64, 128, 256, 512, 512, …; the first step and the bottleneck are not normalized (a map of 1x1 minus its
 * mean is 0), nor is the last step, which ends in tanh. Weights start from N(0, 0.02²). For 256x256x3 and 8 steps,
 * 54,413,955 trainable scalars.
 *
 * The dropout is the network's only noise. Pix2Pix keeps it at test time: apply the network with `{ training: true }`.
 *
 * @returns a model from `[batch, height, width, channels]` of `source` to that of `image`, in [-1, 1].
 * @throws ArchitectureError when the sides of source and image differ, or do not divide by 2 so often.
 * @source Isola et al., "Image-to-Image Translation with Conditional Adversarial Networks" (2017), section 6.1, with
 * the bias-free convolutions of the authors' PyTorch code.
 */
export function unetGenerator(options: UnetGeneratorOptions): tf.LayersModel {
  const name = options.name ?? 'generator';
  return seeded(options.seed, name, () => build(name, options));
}

function build(name: string, options: UnetGeneratorOptions): tf.LayersModel {
  const { image, source = image, width = 64, norm = 'batch', dropoutRate = 0.5 } = options;
  const possible = Math.min(halvings(image.height), halvings(image.width));
  const { downs = possible } = options;
  checkSameSides('unet', source, image);
  if (!Number.isInteger(downs) || downs < 2 || downs > possible) {
    throw new ArchitectureError(
      `@ganjs/architectures: unet: ${downs} downs of ${image.height}x${image.width}, expected 2 to ${possible}: ` +
        'both sides are halved so often; sides that are powers of 2 allow the most',
    );
  }
  const common = {
    norm: normOf(norm, 'norm'),
    useBias: biasBefore(norm),
  };
  const channels = (depth: number) => width * Math.min(2 ** depth, 8);

  const input = tf.input({ name: 'source', shape: [source.height, source.width, source.channels] });
  const maps: tf.SymbolicTensor[] = [];
  let x = input;
  for (let depth = 0; depth < downs; depth++) {
    const plain = depth === 0 || depth === downs - 1;
    const down = unetDown({
      ...common,
      name: `down${depth + 1}`,
      filters: channels(depth),
      activation: depth > 0,
      slope: 0.2,
      ...(plain && { norm: null }),
    });
    x = down.apply(x) as tf.SymbolicTensor;
    maps.push(x);
  }
  for (let depth = downs - 2; depth >= 0; depth--) {
    const step = downs - 1 - depth;
    const up = unetUp({
      ...common,
      name: `up${step}`,
      filters: channels(depth),
      dropoutRate: step <= DROPPING ? dropoutRate : 0,
    });
    x = up.apply([x, maps[depth]!]) as tf.SymbolicTensor;
  }
  x = unetUp({ name: `up${downs}`, filters: image.channels }).apply(x) as tf.SymbolicTensor;
  x = tf.layers.activation({ name: 'pixels', activation: 'tanh' }).apply(x) as tf.SymbolicTensor;
  return tf.model({ name, inputs: input, outputs: x });
}

/** How often a side divides by 2. */
function halvings(side: number): number {
  let times = 0;
  for (let rest = side; rest > 1 && rest % 2 === 0; rest /= 2) times++;
  return times;
}
