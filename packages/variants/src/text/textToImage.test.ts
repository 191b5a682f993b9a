import { ConfigError, disposeGame } from '@ganjs/trainer';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { lossOf, settingOf } from '../testing.js';
import { textToImage } from './textToImage.js';

const config = textToImage.config.parse({ generatorWidth: 4, discriminatorWidth: 2, text: 3, latent: 2 });

describe('text-to-image', () => {
  it('shows the discriminator three pairs: right, wrong by one, and painted, weighed 1, 1/2 and 1/2', () => {
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

  it('asks for the length of the embeddings', () => {
    const { image, classes, seed } = settingOf('text-to-image', 1);
    expect(() => textToImage.create(config, { image, classes, seed })).toThrow(ConfigError);
  });
});
