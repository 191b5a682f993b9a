import type * as tf from '@tensorflow/tfjs';

/**
 * How channels are laid out: `'pytorch'` reads channel c·r² + i·r + j (as the checkpoints of PyTorch do),
 * `'tensorflow'` reads (i·r + j)·C + c (as `tf.depthToSpace` does).
 */
export type PixelShuffleOrder = 'pytorch' | 'tensorflow';

/**
 * Pixel shuffle: y[n, r·h+i, r·w+j, c] = x[n, h, w, channel(c, i, j)], with the channel of the given order.
 * Made of reshapes and a transpose: `tf.depthToSpace` has no gradient.
 *
 * @param x [batch, height, width, channels·scale²].
 * @param scale r, a whole number >= 1.
 * @returns [batch, scale·height, scale·width, channels].
 * @source Shi et al., Real-time single image and video super-resolution (2016), equation 4.
 */
export function pixelShuffle(x: tf.Tensor4D, scale: number, order: PixelShuffleOrder): tf.Tensor4D {
  const [batch, height, width, depth] = x.shape;
  const channels = depth / scale ** 2;
  const rows =
    order === 'tensorflow'
      ? x.reshape([batch * height, width, scale, scale * channels]).transpose([0, 2, 1, 3])
      : x.reshape([batch * height, width, channels, scale, scale]).transpose([0, 3, 1, 4, 2]);
  return rows.reshape([batch, scale * height, scale * width, channels]);
}

/**
 * The inverse of {@link pixelShuffle}: space to depth.
 *
 * @param x [batch, height, width, channels], height and width multiples of `scale`.
 * @returns [batch, height/scale, width/scale, channels·scale²].
 */
export function pixelUnshuffle(x: tf.Tensor4D, scale: number, order: PixelShuffleOrder): tf.Tensor4D {
  const [batch, height, width, channels] = x.shape;
  const [rows, columns] = [height / scale, width / scale];
  const blocks =
    order === 'tensorflow'
      ? x.reshape([batch * rows, scale, columns, scale * channels]).transpose([0, 2, 1, 3])
      : x.reshape([batch * rows, scale, columns, scale, channels]).transpose([0, 2, 4, 1, 3]);
  return blocks.reshape([batch, rows, columns, channels * scale ** 2]);
}
