import { dcganDiscriminator, dcganGenerator, recognitionNetwork, tapped } from '@ganjs/architectures';
import { classic } from '@ganjs/augmentations';
import { categoricalInformation, gaussianInformation, nonSaturating } from '@ganjs/losses';
import { adam, defineGame, defineVariant, type Network, type Random, type Terms } from '@ganjs/trainer';
import * as tf from '@tensorflow/tfjs';
import * as z from 'zod';
import { averaged, ema } from './averaging.js';
import { decaying } from './decaying.js';

const count = z.number().int().positive();
const weight = z.number().min(0);
const rate = z.number().positive();
const fraction = z.number().min(0).lt(1);

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
    generatorWidth: count.default(128).describe("channels of the generator's first feature map"),
    discriminatorWidth: count.default(64).describe("filters of the discriminator's first convolution"),
    hidden: count
      .default(1024)
      .describe("units of the dense layer after the generator's noise and before the discriminator's logit"),
    recognitionWidth: count.default(128).describe("units of the recognition network's hidden layer"),
    kernel: count.default(4).describe('side of all convolution kernels'),
    slope: z
      .number()
      .min(0)
      .max(1)
      .default(0.1)
      .describe('slope below zero of the LeakyReLU in discriminator and recognition network'),
    initialDeviation: weight
      .default(0.02)
      .describe("standard deviation of the first weights; 0 takes Glorot's uniform ones"),
    normMomentum: fraction.default(0.9).describe('fraction of the batch-norm statistics kept at each step'),
    categoricalWeight: weight.default(1).describe('weight of the information about the category'),
    invariant: z
      .boolean()
      .default(false)
      .describe(
        'read the category off a turned, zoomed and faded copy of the image, so that it cannot mean slant or size',
      ),
    continuousWeight: weight.default(0.1).describe('weight of the information about the continuous codes'),
    learningRate: rate.default(1e-3).describe('learning rate of Adam for the generator'),
    discriminatorLearningRate: rate
      .default(2e-4)
      .describe('learning rate of Adam for discriminator and recognition network'),
    decayFrom: z
      .number()
      .min(0)
      .max(1)
      .default(1)
      .describe(
        'fraction of the run after which the learning rates fall linearly to 0; 1 keeps them constant',
      ),
    beta1: fraction.default(0.5).describe('decay of the mean of gradients in Adam'),
    realTarget: z
      .number()
      .gt(0)
      .max(1)
      .default(1)
      .describe('label of real images: below 1 is one-sided label smoothing, usually 0.9'),
    ema,
  }),
  training: { batch: 128, epochs: 50 },
  presets: {
    quick: {
      description: 'narrow networks and 4,000 small steps: digits sorted by themselves in a few minutes',
      config: {
        generatorWidth: 64,
        discriminatorWidth: 32,
        hidden: 128,
        invariant: true,
        discriminatorLearningRate: 1e-3,
        decayFrom: 0.6,
        realTarget: 0.9,
        ema: 0.99,
      },
      batch: 32,
      steps: 4000,
    },
  },
  create(config, { image, seed }) {
    const { latent, categories, continuous, hidden, kernel, slope } = config;
    const initialization = config.initialDeviation > 0 ? { normal: config.initialDeviation } : 'glorot';
    // The authors' layers have biases, also before batch norm.
    const shared = { image, seed, kernel, hidden, initialization, bias: true } as const;
    const momentum = config.normMomentum;
    const optimizer = (learningRate: number) =>
      adam({ learningRate: decaying(learningRate, config.decayFrom), beta1: config.beta1 });
    const discriminator = dcganDiscriminator({
      ...shared,
      width: config.discriminatorWidth,
      norm: 'batch',
      slope,
      momentum,
      dropoutRate: 0,
    });
    const adversarial = nonSaturating({ realTarget: config.realTarget });

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
    const judged = (
      networks: Players,
      { category, traits, input }: ReturnType<typeof drawn>,
      random: Random,
    ): { score: tf.Tensor; information: Terms } => {
      const fake = networks.generator(input) as tf.Tensor4D;
      const [score, features] = networks.discriminator.outputs(fake);
      const [logits, mean, logVariance] = networks.recognition.outputs(features!);
      const again = () => networks.discriminator.outputs(copy(fake, random.stream.fold('copy')))[1]!;
      const seen = config.invariant ? networks.recognition(again()) : logits!;
      return {
        score: score!,
        information: {
          category: tf.mul(config.categoricalWeight, categoricalInformation(seen, category)),
          ...(mean &&
            logVariance && {
              continuous: tf.mul(config.continuousWeight, gaussianInformation(traits, mean, { logVariance })),
            }),
        },
      };
    };

    return defineGame({
      players: {
        discriminator: {
          network: tapped(discriminator, 'features'),
          optimizer: optimizer(config.discriminatorLearningRate),
        },
        recognition: {
          network: recognitionNetwork({
            features: hidden,
            categories,
            continuous,
            hidden: config.recognitionWidth,
            slope,
            momentum,
            initialization,
            seed,
          }),
          optimizer: optimizer(config.discriminatorLearningRate),
        },
        generator: {
          network: dcganGenerator({
            ...shared,
            latent: latent + categories + continuous,
            width: config.generatorWidth,
            refine: false,
            slope: 0,
            momentum,
          }),
          optimizer: optimizer(config.learningRate),
          ...averaged(config.ema),
        },
      },
      moves: [
        {
          trains: ['discriminator', 'recognition'],
          loss: ({ real, n, networks, random }) => {
            const { score, information } = judged(networks, drawn(random, n), random);
            return {
              adversarial: adversarial.discriminator(networks.discriminator(real.images), score),
              ...information,
            };
          },
        },
        {
          trains: 'generator',
          loss: ({ n, networks, random }) => {
            const { score, information } = judged(networks, drawn(random, n), random);
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
