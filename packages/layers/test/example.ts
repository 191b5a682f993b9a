import * as tf from '@tensorflow/tfjs';
import { minibatchStdDev, selfAttention, spectralNorm } from '../src/index.js';

const discriminator = tf.sequential({
  layers: [
    spectralNorm({
      layer: tf.layers.conv2d({ filters: 16, kernelSize: 4, strides: 2, padding: 'same' }),
      inputShape: [16, 16, 3],
    }),
    tf.layers.leakyReLU({ alpha: 0.2 }),
    selfAttention(),
    minibatchStdDev({ groupSize: 4 }),
    tf.layers.flatten(),
    spectralNorm({ layer: tf.layers.dense({ units: 1 }) }),
  ],
});
const images = tf.randomUniform([8, 16, 16, 3], -1, 1);
const scores = discriminator.apply(images, { training: true }) as tf.Tensor; // moves the vectors u
console.log(scores.shape); // [8, 1]
