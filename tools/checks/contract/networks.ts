import * as tf from '@tensorflow/tfjs';

/** Length of the latents of these games. */
export const LATENT = 3;

/** A dense layer that starts the same every time. */
export function dense(
  units: number,
  seed: number,
  options: { activation?: 'relu' | 'tanh'; inputShape?: number[] } = {},
) {
  return tf.layers.dense({ units, kernelInitializer: tf.initializers.glorotUniform({ seed }), ...options });
}

/** Paints square gray images of vectors. */
export function painter({
  side,
  length = LATENT,
  seed = 1,
}: {
  side: number;
  length?: number;
  seed?: number;
}) {
  return tf.sequential({
    layers: [
      dense(8, seed, { activation: 'relu', inputShape: [length] }),
      dense(side * side, seed + 1, { activation: 'tanh' }),
      tf.layers.reshape({ targetShape: [side, side, 1] }),
    ],
  });
}

/** Scores square gray images. */
export function scorer({ side, seed = 11, units = 8 }: { side: number; seed?: number; units?: number }) {
  return tf.sequential({
    layers: [
      tf.layers.flatten({ inputShape: [side, side, 1] }),
      dense(units, seed, { activation: 'tanh' }),
      dense(1, seed + 1),
    ],
  });
}
