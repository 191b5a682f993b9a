import { disposeGame } from '@ganjs/trainer';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { grouped, lossOf, settingOf, testOwnVariant } from '../testing.js';
import { textToImage } from './textToImage.js';

const config = textToImage.config.parse(
  grouped({ latent: 2, 'generator.width': 4, 'generator.text': 3, 'discriminator.width': 2 }),
);

testOwnVariant(textToImage, {
  small: { latent: 5, 'generator.text': 7, 'generator.width': 8, 'discriminator.width': 4 },
  others: {
    latent: 6,
    'generator.width': 4,
    'generator.text': 6,
    'generator.norm': 'none',
    'generator.stages': 1,
    'generator.leakySlope': 0.1,
    'generator.initStddev': 0.1,
    'discriminator.width': 8,
    'discriminator.stages': 1,
    'discriminator.leakySlope': 0.1,
    'discriminator.initStddev': 0.1,
    'optimizer.learningRate': 1e-3,
    'optimizer.decayFrom': 0,
    'optimizer.beta1': 0.9,
    ema: 0.9,
  },
});

describe('text-to-image', () => {
  it('shows the discriminator three pairs: right, wrong by one, and generated, weighed 1, 1/2 and 1/2', () => {
    const game = textToImage.create(config, settingOf('text-to-image', 1));
    tf.tidy(() => {
      const images = tf.ones<tf.Rank.R4>([3, 8, 8, 1]);
      const fake = tf.zeros([3, 8, 8, 1]);
      const embeddings = tf.tensor2d([[1], [2], [3]]);
      const pairs: [tf.Tensor, number[][]][] = [];
      const context = {
        real: { images, embeddings, captions: ['a', 'b', 'c'] },
        n: 3,
        random: { normal: (shape: number[]) => tf.zeros(shape) },
        networks: {
          generator: () => fake,
          discriminator: (x: tf.Tensor, e: tf.Tensor2D) => {
            pairs.push([x, e.arraySync()]);
            return tf.zeros([3, 1]);
          },
        },
      };
      const terms = lossOf(game.moves[0])(context);
      expect(pairs).toEqual([
        [images, [[1], [2], [3]]],
        [images, [[2], [3], [1]]],
        [fake, [[1], [2], [3]]],
      ]);
      expect(terms.right!.arraySync()).toBeCloseTo(Math.LN2, 6);
      expect(terms.wrong!.arraySync()).toBeCloseTo(Math.LN2 / 2, 6);
      expect(terms.fake!.arraySync()).toBeCloseTo(Math.LN2 / 2, 6);
      expect(lossOf(game.moves[1])(context).adversarial!.arraySync()).toBeCloseTo(Math.LN2, 6);
    });
    disposeGame(game);
  });
});
