import { readFileSync } from 'node:fs';
import type { Batch, Dataset, DatasetInfo } from '@ganjs/datasets';
import {
  batchesPerStep,
  type Checkpoint,
  decodeCheckpoint,
  disposeGame,
  restoreNetworks,
  train,
  type Variant,
} from '@ganjs/trainer';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { cyclegan, dcgan, pix2pix, wganGp } from './index.js';

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
  const game = variant.create(config, { image, source: image, classes: 0, seed: 0 });
  restoreNetworks(game, file);
  let losses: Record<string, number> = {};
  let tensors: Checkpoint['tensors'] = {};
  const options = { batch: data.info.size / batchesPerStep(game), seed: 0, length: { steps: 1 }, samples: 1 };
  const sources = tf.zeros([1, image.height, image.width, image.channels]);
  for await (const event of train(game, data, { ...options, sampleGiven: { sources } as object })) {
    if (event.type === 'step') losses = event.losses;
    if (event.type === 'checkpoint') tensors = event.checkpoint.tensors;
  }
  sources.dispose();
  disposeGame(game);
  return { losses, tensors };
}

const convolutions = {
  latent: 6,
  generatorWidth: 8,
  discriminatorWidth: 4,
  kernel: 4,
  refine: false,
  generatorSlope: 0,
  slope: 0.2,
  dropout: 0,
};
const steps: readonly [Variant, object][] = [
  [dcgan, { ...convolutions, discriminatorNorm: 'batch', normMomentum: 0.9, learningRate: 2e-4, beta1: 0.5 }],
  [wganGp, { ...convolutions, generatorNorm: 'none', discriminatorSteps: 2 }],
  [
    pix2pix,
    {
      ...{ generatorWidth: 2, discriminatorWidth: 2, discriminatorLayers: 2 },
      ...{ dropout: 0, mirror: false, jitter: 0 },
    },
  ],
  [cyclegan, { generatorWidth: 2, blocks: 1, discriminatorWidth: 2, discriminatorLayers: 1 }],
];

const largest = (values: ArrayLike<number>) => Math.max(...Array.from(values, Math.abs));
const apart = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  largest(Array.from(a, (value, k) => value - b[k]!));

describe.each(steps)('a step of $name', (variant, settings) => {
  it("has PyTorch's losses, gradients and weights", async () => {
    const file = recorded(variant.name);
    const config = variant.config.parse(settings) as { [key: string]: unknown; beta1: number };
    const { losses, tensors } = await play(variant, config, file);
    const expected = group(file, 'losses');
    expect(Object.keys(losses).sort()).toEqual(Object.keys(expected).sort());
    for (const [name, { data }] of Object.entries(expected)) {
      expect(Math.abs(losses[name]! - data[0]!), name).toBeLessThan(1e-5 * (1 + Math.abs(data[0]!)));
    }
    const gradients = group(file, 'gradients');
    for (const [name, after] of Object.entries(group(file, 'after'))) {
      const [player, i] = name.split('/');
      const gradient = gradients[name]!.data;
      // After one step, Adam's mean of gradients is a share of the gradient (where beta1 is 0, of the last one).
      const ours = tensors[`${player}/adam/first/${i}`]!.data.map((mean) => mean / (1 - config.beta1));
      const weights = tensors[`${player}/weights/${i}`]!;
      expect(weights.shape, name).toEqual(after.shape);
      // A bias in front of instance norm has no gradient, and Adam makes a step of what rounding leaves there.
      const idle = largest(gradient) < 1e-10;
      expect(apart(ours, gradient), `gradient ${name}`).toBeLessThan(idle ? 1e-5 : 1e-4 * largest(gradient));
      expect(apart(weights.data, after.data), `weights ${name}`).toBeLessThan(idle ? 2.5e-4 : 1e-5);
    }
  });
});
