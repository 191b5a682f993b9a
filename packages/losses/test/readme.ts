import { gradientPenalty, interpolate, wasserstein } from '@ganjs/losses';
import * as tf from '@tensorflow/tfjs';

const critic = tf.sequential({
  layers: [
    tf.layers.dense({ units: 32, inputShape: [2] }),
    tf.layers.leakyReLU({ alpha: 0.2 }),
    tf.layers.dense({ units: 1 }),
  ],
});
const score = (x: tf.Tensor) => critic.apply(x, { training: true }) as tf.Tensor;

const real = tf.randomNormal([64, 2], 3);
const fake = tf.randomNormal([64, 2]);

export function criticLoss(): tf.Scalar {
  const points = interpolate(real, fake, tf.randomUniform([64]));
  const penalty = gradientPenalty(score, points);
  return tf.add(wasserstein.discriminator(score(real), score(fake)), tf.mul(10, penalty));
}

const optimizer = tf.train.adam(1e-2);
for (let step = 0; step < 100; step++) optimizer.minimize(criticLoss);
