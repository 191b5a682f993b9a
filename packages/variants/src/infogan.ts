import { dcganDiscriminator, dcganGenerator, recognitionNetwork, withFeatures } from '@ganjs/architectures';
import { classic } from '@ganjs/augmentations';
import { categoricalInformation, gaussianInformation, nonSaturating } from '@ganjs/losses';
import { defineGame, defineVariant, type Network, type Random, type Terms } from '@ganjs/trainer';
import * as tf from '@tensorflow/tfjs';
import * as z from 'zod';
import { averaged, ema } from './averaging.js';
import { realTarget } from './labelSmoothing.js';
import { adamOf, beta1, rates } from './optimizer.js';

const count = z.number().int().positive();
const weight = z.number().min(0);
const rate = z.number().positive();
const slope = z.number().min(0).max(1).default(0.1);
const initStddev = weight
  .default(0.02)
  .describe("standard deviation of the first weights; 0 takes Glorot's uniform ones");
const batchNormMomentum = z
  .number()
  .min(0)
  .lt(1)
  .default(0.9)
  .describe('fraction of the statistics that batch norm keeps at each step');
/** What the convolutional networks have. */
const layers = {
  kernelSize: count.default(4).describe('side of the convolution kernels'),
  initStddev,
  batchNormMomentum,
};

/** The settings of any of the three networks. */
interface NetworkSettings {
  readonly hiddenUnits: number;
  readonly initStddev: number;
  readonly batchNormMomentum: number;
}

/** Rows of the picture for each code, each with noise and other codes of its own. */
const ROWS_PER_CODE = 3;
/** What must not change the category. */
const copy = classic({ flip: false, rotation: 0.08, zoom: 0.2, contrast: 0.3 });
/** How far the picture varies continuous codes, which are drawn from [-1, 1]: as in the paper's figures. */
const REACH = 2;

/** InfoGAN: parts of the noise become codes that a third network can read off the image. */
export const infogan = defineVariant({
  name: 'infogan',
  summary: 'Finds classes and traits by itself: codes in the noise that can be read off the image.',
  paper: {
    title:
      'InfoGAN: Interpretable Representation Learning by Information Maximizing Generative Adversarial Nets',
    authors: 'Chen, Duan, Houthooft, Schulman, Sutskever, Abbeel',
    year: 2016,
    arxiv: '1606.03657',
  },
  algorithm: `with lambda = 1 for the category, 0.1 for the continuous codes; Q reads the features of D:
draw noise z from U(-1, 1), codes c: a category of 10, two numbers from U(-1, 1);  x~ = G(z, c)
update D and Q by descending
    mean[ -log D(x) ] + mean[ -log(1 - D(x~)) ] - lambda I(c, x~)
draw new noise and codes
update G by descending  mean[ -log D(x~) ] - lambda I(c, x~)
where I(c, x~) = H(c) + mean[ log Q(c | x~) ], at most the entropy H of the codes: ln 10 for the category`,
  task: 'image-synthesis',
  config: z.strictObject({
    latent: count.default(62).describe('length of the noise beside the codes'),
    categories: z.number().int().min(2).default(10).describe('values of the categorical code'),
    continuous: z.number().int().min(0).default(2).describe('number of continuous codes'),
    generator: z
      .strictObject({
        width: count.default(128).describe('channels of the first feature map'),
        hiddenUnits: count.default(1024).describe('units of the dense layer between noise and map'),
        ...layers,
      })
      .prefault({}),
    discriminator: z
      .strictObject({
        width: count.default(64).describe('filters of the first convolution'),
        hiddenUnits: count.default(1024).describe('units of the dense layer between map and logit'),
        leakySlope: slope.describe('slope of LeakyReLU below zero'),
        ...layers,
      })
      .prefault({}),
    recognition: z
      .strictObject({
        hiddenUnits: count.default(128).describe('units of the hidden layer'),
        leakySlope: slope.describe('slope of LeakyReLU below zero'),
        initStddev,
        batchNormMomentum,
      })
      .prefault({}),
    objective: z
      .strictObject({
        categoricalWeight: weight.default(1).describe('weight of the information about the category'),
        continuousWeight: weight
          .default(0.1)
          .describe('weight of the information about the continuous codes'),
        invariant: z
          .boolean()
          .default(false)
          .describe(
            'read the category off a turned, zoomed and faded copy of the image, so that it cannot mean slant or size',
          ),
        realTarget,
      })
      .prefault({}),
    optimizer: z
      .strictObject({
        learningRate: rate.default(1e-3).describe('learning rate of the generator'),
        discriminatorLearningRate: rate
          .default(2e-4)
          .describe('learning rate of discriminator and recognition network'),
        decayFrom: rates.decayFrom,
        beta1,
      })
      .prefault({}),
    ema,
  }),
  training: { batch: 128, epochs: 50 },
  presets: {
    quick: {
      description: 'narrow networks and 4,000 small steps: digits sorted by themselves in a few minutes',
      config: {
        generator: { width: 64, hiddenUnits: 128 },
        discriminator: { width: 32, hiddenUnits: 128 },
        objective: { invariant: true, realTarget: 0.9 },
        optimizer: { discriminatorLearningRate: 1e-3, decayFrom: 0.6 },
        ema: 0.99,
      },
      batch: 32,
      steps: 4000,
    },
  },
  create(config, { image, seed }) {
    const { latent, categories, continuous, objective, optimizer } = config;
    // The authors' layers have biases, also before batch norm.
    const network = <Settings extends NetworkSettings>({ initStddev: normal, ...options }: Settings) =>
      ({ ...options, initialization: normal > 0 ? { normal } : 'glorot', image, seed, bias: true }) as const;
    const discriminator = dcganDiscriminator({
      ...network(config.discriminator),
      norm: 'batch',
      dropoutRate: 0,
    });
    const adversarial = nonSaturating({ realTarget: objective.realTarget });

    const noise = (random: Random, n: number, reach = 1) =>
      random.uniform<tf.Rank.R2>([n, latent], -reach, reach);
    const numbers = (random: Random, n: number, reach = 1) =>
      random.uniform<tf.Rank.R2>([n, continuous], -reach, reach);
    const oneHot = (category: tf.Tensor1D) => tf.cast(tf.oneHot(category, categories), 'float32');
    /** New noise and numbers in [-reach, reach], with new categories or those asked for. */
    const drawn = (
      random: Random,
      n: number,
      { asked, reach }: { asked?: tf.Tensor1D | undefined; reach?: number } = {},
    ) => {
      const z = noise(random, n, reach);
      const category = asked ?? random.integers<tf.Rank.R1>([n], categories);
      const traits = numbers(random, n, reach);
      return { category, traits, input: tf.concat([z, oneHot(category), traits], 1) };
    };
    type Players = Readonly<Record<'discriminator' | 'recognition' | 'generator', Network>>;
    /** Score and, by kind, the negative information about the codes that the recognition network finds. */
    const scored = (
      networks: Players,
      { category, traits, input }: ReturnType<typeof drawn>,
      random: Random,
    ): { score: tf.Tensor; information: Terms } => {
      const fake = networks.generator(input) as tf.Tensor4D;
      const [score, features] = networks.discriminator.outputs(fake);
      const [logits, mean, logVariance] = networks.recognition.outputs(features!);
      const again = () => networks.discriminator.outputs(copy(fake, random.stream.fold('copy')))[1]!;
      const seen = objective.invariant ? networks.recognition(again()) : logits!;
      return {
        score: score!,
        information: {
          category: tf.mul(objective.categoricalWeight, categoricalInformation(seen, category)),
          ...(mean &&
            logVariance && {
              continuous: tf.mul(
                objective.continuousWeight,
                gaussianInformation(traits, mean, { logVariance }),
              ),
            }),
        },
      };
    };

    return defineGame({
      players: {
        discriminator: {
          network: withFeatures(discriminator, 'features'),
          optimizer: adamOf(optimizer, optimizer.discriminatorLearningRate),
        },
        recognition: {
          network: recognitionNetwork({
            ...network(config.recognition),
            features: config.discriminator.hiddenUnits,
            categories,
            continuous,
          }),
          optimizer: adamOf(optimizer, optimizer.discriminatorLearningRate),
        },
        generator: {
          network: dcganGenerator({
            ...network(config.generator),
            latent: latent + categories + continuous,
            stride1Layer: false,
            leakySlope: 0,
          }),
          optimizer: adamOf(optimizer),
          ...averaged(config.ema),
        },
      },
      moves: [
        {
          trains: ['discriminator', 'recognition'],
          loss: ({ real, n, networks, random }) => {
            const { score, information } = scored(networks, drawn(random, n), random);
            return {
              adversarial: adversarial.discriminator(networks.discriminator(real.images), score),
              ...information,
            };
          },
        },
        {
          trains: 'generator',
          loss: ({ n, networks, random }) => {
            const { score, information } = scored(networks, drawn(random, n), random);
            return { adversarial: adversarial.generator(score), ...information };
          },
        },
      ],
      latents: {
        shape: [latent + categories + continuous],
        interpolation: 'lerp',
        // The mean of noise and numbers is 0; a category has none to come nearer to.
        sample: ({ n, random, condition, truncation }) =>
          drawn(random, n, { asked: condition.labels, reach: truncation }).input,
        synthesize: (codes, { networks }) => networks.generator(codes),
      },
      categories,
      pictures: {
        codes: {
          n: (1 + continuous) * ROWS_PER_CODE * categories,
          columns: categories,
          /** One code a row: first the category, then each continuous code from -2 to 2. */
          render: ({ networks, random }) => {
            const held = (rows: tf.Tensor2D) =>
              tf.reshape(tf.tile(tf.expandDims(rows, 1), [1, categories, 1]), [-1, rows.shape[1]]);
            const varied = (columns: tf.Tensor2D) => tf.tile(columns, [ROWS_PER_CODE, 1]);
            const block = (code: number) => {
              const category = random.integers<tf.Rank.R1>([ROWS_PER_CODE], categories);
              const traits =
                continuous > 0 ? tf.split<tf.Tensor2D>(numbers(random, ROWS_PER_CODE), continuous, 1) : [];
              const sweep = tf.reshape(tf.linspace(-REACH, REACH, categories), [-1, 1]) as tf.Tensor2D;
              return tf.concat(
                [
                  held(noise(random, ROWS_PER_CODE)),
                  code === 0 ? varied(tf.eye(categories)) : held(oneHot(category) as tf.Tensor2D),
                  ...traits.map((trait, i) => (code === i + 1 ? varied(sweep) : held(trait))),
                ],
                1,
              );
            };
            const codes = Array.from({ length: 1 + continuous }, (_, code) => block(code));
            return networks.generator(tf.concat(codes));
          },
        },
      },
    });
  },
});
