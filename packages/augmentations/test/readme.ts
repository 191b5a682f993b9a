import { ada, adaptProbability, diffAugment, overfitting } from '@ganjs/augmentations';
import { stream } from '@ganjs/random';
import * as tf from '@tensorflow/tfjs';

const images = tf.randomUniform<tf.Rank.R4>([16, 32, 32, 3], -1, 1);
const seed = 7;
const step = 0;

// Always: colors, places and a hole, drawn anew for each image and each call.
const seen = diffAugment(['color', 'translation', 'cutout'])(images, stream(seed, 'reals', step));

// As much as needed: p follows the discriminator's overfitting.
let p = 0.2;
const augmented = ada({ p })(images, stream(seed, 'reals', step));
const scores = tf.mean(augmented, [1, 2, 3]); // stands for a discriminator
const [measured] = await overfitting(scores).data();
p = adaptProbability(p, measured!, images.shape[0]);

export { augmented, p, seen };
