import type { ImageShape } from '@ganjs/datasets';
import { ambientNormal, reflectionPadding2d } from '@ganjs/layers';
import * as tf from '@tensorflow/tfjs';
import { ArchitectureError } from './errors.js';
import { seeded } from './initialization.js';
import { biasBefore, type Norm, normOf } from './norm.js';
import { checkSameSides } from './sides.js';

/** Options of {@link cycleganGenerator}. */
export interface CycleganGeneratorOptions {
  /** The shape of the images that come out. */
  readonly image: ImageShape;
  /** The shape of the images that are given: the same sides. Default: that of `image`. */
  readonly source?: ImageShape;
  /** Residual blocks. Default: 9 where a side is above 128, else 6. */
  readonly blocks?: number;
  /** Channels at the image's size; each of the two halvings doubles them. Default 64. */
  readonly width?: number;
  /** Default `instance`. */
  readonly norm?: Norm;
  /**
   * How a map is doubled: a transposed convolution (default, the paper's), or nearest neighbours followed by a 3x3
   * convolution, which cannot leave checkerboards (Odena et al., "Deconvolution and Checkerboard Artifacts", 2016).
   */
  readonly upsampling?: 'transposed' | 'resize';
  readonly seed: number;
  /** Keeps several networks of one seed apart. Default `generator`. */
  readonly name?: string;
}

/**
 * The generator of CycleGAN, after Johnson et al.: a 7x7 convolution 64, two 3x3 of stride 2 (128, 256), residual
 * blocks of two 3x3 convolutions 256, two transposed 3x3 of stride 2 (128, 64), a 7x7 convolution and tanh. Instance
 * norm and ReLU after all but the last, reflection padding around the 7x7 ones and in the blocks. Weights start from
 * N(0, 0.02²). For RGB 11,378,179 trainable scalars with 9 blocks, 7,837,699 with 6.
 *
 * The convolutions of stride 2 pad above and to the left, as PyTorch's do with a padding of 1, and their transposes
 * crop there.
 *
 * @returns a model from `[batch, height, width, channels]` of `source` to that of `image`, in [-1, 1].
 * @throws ArchitectureError when the sides of source and image differ, or are not multiples of 4 from 8 on.
 * @source Zhu et al., "Unpaired Image-to-Image Translation using Cycle-Consistent Adversarial Networks" (2017),
 * appendix; with the biases of the authors' PyTorch code.
 */
export function cycleganGenerator(options: CycleganGeneratorOptions): tf.LayersModel {
  const name = options.name ?? 'generator';
  return seeded(options.seed, name, () => build(name, options));
}

function build(name: string, options: CycleganGeneratorOptions): tf.LayersModel {
  const { image, source = image, width = 64, norm = 'instance', upsampling = 'transposed' } = options;
  const { blocks = Math.max(image.height, image.width) > 128 ? 9 : 6 } = options;
  checkSameSides('cycleganGenerator', source, image);
  checkMultiplesOf4(image);
  const shared = {
    kernelInitializer: ambientNormal({ mean: 0, deviation: 0.02 }),
    useBias: biasBefore(norm),
  };

  const apply = (layer: tf.layers.Layer, x: tf.SymbolicTensor) => layer.apply(x) as tf.SymbolicTensor;
  const normalized = (x: tf.SymbolicTensor, at: string) => {
    const layer = normOf(norm, `${at}_norm`);
    return layer ? apply(layer, x) : x;
  };
  const relu = (x: tf.SymbolicTensor, at: string) =>
    apply(tf.layers.activation({ name: `${at}_relu`, activation: 'relu' }), x);
  /** A convolution on the mirrored image. */
  const mirrored = (
    x: tf.SymbolicTensor,
    at: string,
    kernelSize: 3 | 7,
    filters: number,
    useBias: boolean,
  ) => {
    const padded = apply(reflectionPadding2d({ name: `${at}_pad`, padding: (kernelSize - 1) / 2 }), x);
    return apply(tf.layers.conv2d({ ...shared, name: at, kernelSize, filters, useBias }), padded);
  };
  const halved = (x: tf.SymbolicTensor, at: string, filters: number) => {
    const padded = apply(tf.layers.zeroPadding2d({ name: `${at}_pad`, padding: ABOVE_LEFT }), x);
    return apply(tf.layers.conv2d({ ...shared, name: at, kernelSize: 3, strides: 2, filters }), padded);
  };
  const doubled = (x: tf.SymbolicTensor, at: string, filters: number) => {
    if (upsampling === 'resize') {
      const large = apply(tf.layers.upSampling2d({ name: `${at}_resize` }), x);
      return mirrored(large, at, 3, filters, shared.useBias);
    }
    const conv = tf.layers.conv2dTranspose({ ...shared, name: at, kernelSize: 3, strides: 2, filters });
    return apply(tf.layers.cropping2D({ name: `${at}_crop`, cropping: ABOVE_LEFT }), apply(conv, x));
  };
  const block = (x: tf.SymbolicTensor, at: string) => {
    const conv = (h: tf.SymbolicTensor, part: string) =>
      normalized(mirrored(h, `${at}_${part}`, 3, 4 * width, shared.useBias), `${at}_${part}`);
    const residual = conv(relu(conv(x, 'conv1'), at), 'conv2');
    return tf.layers.add({ name: `${at}_sum` }).apply([x, residual]) as tf.SymbolicTensor;
  };
  const activated = (x: tf.SymbolicTensor, at: string) => relu(normalized(x, at), at);

  const input = tf.input({ name: 'source', shape: [source.height, source.width, source.channels] });
  let x = activated(mirrored(input, 'first', 7, width, shared.useBias), 'first');
  x = activated(halved(x, 'down1', 2 * width), 'down1');
  x = activated(halved(x, 'down2', 4 * width), 'down2');
  for (let i = 1; i <= blocks; i++) x = block(x, `block${i}`);
  x = activated(doubled(x, 'up1', 2 * width), 'up1');
  x = activated(doubled(x, 'up2', width), 'up2');
  x = mirrored(x, 'last', 7, image.channels, true);
  x = apply(tf.layers.activation({ name: 'pixels', activation: 'tanh' }), x);
  return tf.model({ name, inputs: input, outputs: x });
}

/** One row above, one column to the left. */
const ABOVE_LEFT: [[number, number], [number, number]] = [
  [1, 0],
  [1, 0],
];

function checkMultiplesOf4(image: ImageShape): void {
  if ([image.height, image.width].some((side) => side < 8 || side % 4 !== 0)) {
    throw new ArchitectureError(
      `@ganjs/architectures: cycleganGenerator: an image of ${image.height}x${image.width}, expected multiples of 4 ` +
        'from 8 on: the network halves it twice',
    );
  }
}
