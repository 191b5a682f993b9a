import { adam, defineGame, type Move } from '@ganjs/trainer';
import * as tf from '@tensorflow/tfjs';
import { expect } from 'vitest';
import { dense, LATENT, scorer } from '../networks.js';
import type { OutsideGame } from '../outsideGame.js';

const SIDES = [2, 4, 8] as const;
type Side = (typeof SIDES)[number];

/** Paints one image of each size from the same vector. */
function generator(): tf.LayersModel {
  const input = tf.input({ shape: [LATENT] });
  const outputs = SIDES.map((side, i) => {
    const pixels = dense(side * side, 51 + i, { activation: 'tanh' }).apply(input);
    return tf.layers.reshape({ targetShape: [side, side, 1] }).apply(pixels) as tf.SymbolicTensor;
  });
  return tf.model({ inputs: input, outputs });
}

const reduced = (images: tf.Tensor, side: Side) =>
  side === 8 ? images : tf.avgPool(images as tf.Tensor4D, 8 / side, 8 / side, 'valid');
const nameOf = (side: Side) => `discriminator${side}` as const;
type Player = 'generator' | ReturnType<typeof nameOf>;

const learns = { optimizer: adam({ learningRate: 0.01, beta1: 0.5 }) };

/** The move of the discriminator of one size. */
function discriminates(side: Side): Move<Player> {
  return {
    trains: nameOf(side),
    loss: ({ real, networks, shared, measure }) => {
      const discriminator = networks[nameOf(side)];
      const fakes = shared(`fakes ${side}`);
      measure(`seen ${side}`, tf.mean(fakes));
      const ofReal = tf.softplus(tf.neg(discriminator(reduced(real.images, side))));
      return { adversarial: tf.mean(tf.add(ofReal, tf.softplus(discriminator(fakes)))) };
    },
  };
}

/** AttnGAN (Xu et al., 2018), without its attention: three discriminators of three sizes see one batch of fakes. */
export const threeDiscriminators: OutsideGame = {
  name: 'AttnGAN, with three discriminators',
  side: 8,
  create: () =>
    defineGame({
      players: {
        generator: { network: generator(), ...learns, ema: 0.9 },
        discriminator2: { network: scorer({ side: 2, seed: 61 }), ...learns },
        discriminator4: { network: scorer({ side: 4, seed: 63 }), ...learns },
        discriminator8: { network: scorer({ side: 8, seed: 65 }), ...learns },
      },
      moves: [
        {
          name: 'paint',
          trains: [],
          loss: ({ n, networks, random, share, measure }) => {
            const fakes = networks.generator.outputs(share('latents', random.normal([n, LATENT])));
            for (const [i, side] of SIDES.entries()) {
              measure(`painted ${side}`, tf.mean(share(`fakes ${side}`, fakes[i]!)));
            }
            return {};
          },
        },
        ...SIDES.map(discriminates),
        {
          trains: 'generator',
          loss: ({ networks, shared }) => {
            const fakes = networks.generator.outputs(shared('latents'));
            return Object.fromEntries(
              SIDES.map((side, i) => [
                `score ${side}`,
                tf.mean(tf.softplus(tf.neg(networks[nameOf(side)](fakes[i]!)))),
              ]),
            );
          },
        },
      ],
      sample: ({ n, networks, random }) => networks.generator.outputs(random.normal([n, LATENT]))[2]!,
    }),
  claims: {
    'all see the images that were painted'({ steps }) {
      for (const { measures } of steps) {
        for (const side of SIDES) expect(measures[`seen ${side}`]).toBe(measures[`painted ${side}`]);
      }
    },
    'each reports for itself'({ steps }) {
      const terms = steps[0]!.losses.map(({ move, term }) => `${move}/${term}`);
      expect(terms).toEqual([
        ...SIDES.map((side) => `discriminator${side}/adversarial`),
        ...SIDES.map((side) => `generator/score ${side}`),
      ]);
    },
  },
};
