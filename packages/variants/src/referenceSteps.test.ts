import { readFileSync } from 'node:fs';
import type { Batch, Dataset, DatasetInfo } from '@ganjs/datasets';
import {
  batchesPerStep,
  type Checkpoint,
  decodeCheckpoint,
  disposeGame,
  parseConfig,
  restoreGame,
  train,
  type Variant,
} from '@ganjs/trainer';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { cgan, cyclegan, dcgan, pix2pix, wganGp } from './index.js';
import { grouped, lossesOf } from './testing.js';

/** A step that PyTorch played: see tools/reference/variants. */
const recorded = (name: string) =>
  decodeCheckpoint(readFileSync(new URL(`../fixtures/${name}.safetensors`, import.meta.url)));

/** The tensors of a file whose names begin so, by the rest of their names. */
function group(file: Checkpoint, prefix: string) {
  return Object.fromEntries(
    Object.entries(file.tensors)
      .filter(([name]) => name.startsWith(`${prefix}/`))
      .map(([name, tensor]) => [name.slice(prefix.length + 1), tensor]),
  );
}

/** The recorded rows, in order. */
function datasetOf(file: Checkpoint): Dataset {
  const data = group(file, 'data');
  const [size, height, width, channels] = data.images!.shape as [number, number, number, number];
  const info: DatasetInfo = { name: 'recorded', size, image: { height, width, channels } };
  return {
    info,
    async *batches({ batch }) {
      for (let from = 0; from < size; from += batch) {
        const rows = Object.entries(data).map(([name, { data: values, shape }]) => [
          name,
          tf.tidy(() => tf.slice(tf.tensor(values, [...shape]), from, batch)),
        ]);
        yield Object.fromEntries(rows) as unknown as Batch;
      }
    },
  };
}

/** Plays the recorded step with the real variant and the real trainer. */
async function play(variant: Variant, config: Record<string, unknown>, file: Checkpoint) {
  const data = datasetOf(file);
  const { image } = data.info;
  const classes = new Set(group(file, 'data').labels?.data).size;
  const game = variant.create(config, { image, source: image, classes, seed: 0 });
  restoreGame(game, file);
  let losses: Record<string, number> = {};
  let tensors: Checkpoint['tensors'] = {};
  const options = { batch: data.info.size / batchesPerStep(game), seed: 0, length: { steps: 1 }, samples: 1 };
  const sampleCondition = {
    sources: tf.zeros([1, image.height, image.width, image.channels]),
    labels: tf.zeros<tf.Rank.R1>([1], 'int32'),
  };
  for await (const event of train(game, data, { ...options, sampleCondition })) {
    if (event.type === 'step') losses = lossesOf(event);
    if (event.type === 'checkpoint') tensors = event.checkpoint.tensors;
  }
  tf.dispose(sampleCondition);
  disposeGame(game);
  return { losses, tensors };
}

const convolutions = {
  latent: 6,
  'generator.width': 8,
  'generator.kernelSize': 4,
  'generator.stride1Layer': false,
  'generator.leakySlope': 0,
  'discriminator.width': 4,
  'discriminator.kernelSize': 4,
  'discriminator.leakySlope': 0.2,
  'discriminator.dropout': 0,
};
const alternating = {
  ...convolutions,
  updates: 'alternating',
  'generator.batchNormMomentum': 0.9,
  'discriminator.norm': 'batch',
  'discriminator.batchNormMomentum': 0.9,
};
const tutorial = {
  updates: 'simultaneous',
  latent: 6,
  'generator.width': 8,
  'generator.stages': 2,
  'discriminator.width': 4,
  'discriminator.stages': 2,
  'discriminator.dropout': 0,
};
/** What was recorded, of which variant, with which settings. */
const steps: readonly [file: string, Variant, settings: Readonly<Record<string, unknown>>][] = [
  ['dcgan', dcgan, { ...alternating, 'optimizer.learningRate': 2e-4, 'optimizer.beta1': 0.5 }],
  ['wgan-gp', wganGp, { ...convolutions, 'generator.norm': 'none', 'discriminator.steps': 2 }],
  [
    'pix2pix',
    pix2pix as never,
    {
      ...{
        'generator.width': 2,
        'generator.dropout': 0,
        'discriminator.width': 2,
        'discriminator.layers': 2,
      },
      ...{ 'augmentation.mirror': false, 'augmentation.jitter': 0 },
    },
  ],
  [
    'cyclegan',
    cyclegan as never,
    {
      ...{ 'generator.width': 2, 'generator.blocks': 1, 'discriminator.width': 2 },
      ...{ 'discriminator.layers': 1, 'discriminator.poolSize': 0 },
    },
  ],
  ['dcgan-tutorial', dcgan as never, tutorial],
  ['cgan-tutorial', cgan as never, tutorial],
];

/**
 * How far losses may be off, and gradients, by the largest entry of a tensor: float32 against float64. The furthest are
 * 1.3e-6 in the steps of the tutorial, where biases get what real and generated images pull against each other, and
 * 3.6e-6 through CycleGAN's two generators.
 */
const TOLERANCE = 4e-6;
const largest = (values: ArrayLike<number>) => Math.max(...Array.from(values, Math.abs));
const apart = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  largest(Array.from(a, (value, k) => value - b[k]!));

describe.each(steps)('the step %s', (name, variant, settings) => {
  it("has PyTorch's losses, gradients and weights", async () => {
    const file = recorded(name);
    const config = parseConfig(variant, grouped(settings)) as { optimizer: { beta1: number } };
    const { losses, tensors } = await play(variant, config, file);
    const expected = group(file, 'losses');
    expect(Object.keys(losses).sort()).toEqual(Object.keys(expected).sort());
    for (const [term, { data }] of Object.entries(expected)) {
      expect(Math.abs(losses[term]! - data[0]!), term).toBeLessThan(TOLERANCE * (1 + Math.abs(data[0]!)));
    }
    const gradients = group(file, 'gradients');
    const entries = (player: string) =>
      Object.entries(gradients).flatMap(([weight, { data }]) =>
        weight.startsWith(`${player}/`) ? [...data] : [],
      );
    for (const [weight, after] of Object.entries(group(file, 'after'))) {
      const [player, i] = weight.split('/') as [string, string];
      const gradient = gradients[weight]!.data;
      // After one step, Adam's mean of gradients is a fraction of the gradient (where beta1 is 0, of the last one).
      const ours = tensors[`${player}/adam/first/${i}`]!.data.map(
        (mean) => mean / (1 - config.optimizer.beta1),
      );
      const weights = tensors[`${player}/weights/${i}`]!;
      expect(weights.shape, weight).toEqual(after.shape);
      // A bias in front of instance norm has no gradient, and Adam makes a step of what rounding leaves there.
      const idle = largest(gradient) < 1e-10;
      const limit = idle ? 1e-5 : TOLERANCE * largest(gradient);
      expect(apart(ours, gradient), `gradient ${weight}`).toBeLessThanOrEqual(limit);
      // By the largest entry of the player's whole gradient, the steps of the tutorial are closer.
      const whole = (name.endsWith('-tutorial') ? 1e-6 : TOLERANCE) * largest(entries(player));
      expect(apart(ours, gradient), `gradient ${weight}`).toBeLessThanOrEqual(whole);
      expect(apart(weights.data, after.data), `weights ${weight}`).toBeLessThan(idle ? 2.5e-4 : 1e-6);
    }
  });
});
