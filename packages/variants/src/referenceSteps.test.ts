import { readFileSync } from 'node:fs';
import type { Batch, Dataset, DatasetInfo } from '@ganjs/datasets';
import {
  type Checkpoint,
  decodeCheckpoint,
  disposeGame,
  restoreNetworks,
  train,
  type Variant,
} from '@ganjs/trainer';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { cyclegan } from './cyclegan.js';
import { pix2pix } from './pix2pix.js';

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

/** The recorded batch, and nothing else. */
function datasetOf(file: Checkpoint): Dataset {
  const data = group(file, 'data');
  const [size, height, width, channels] = data.images!.shape as [number, number, number, number];
  const info: DatasetInfo = { name: 'recorded', size, image: { height, width, channels } };
  return {
    info,
    async *batches() {
      yield Object.fromEntries(
        Object.entries(data).map(([name, { data: values, shape }]) => [name, tf.tensor(values, [...shape])]),
      ) as unknown as Batch;
    },
  };
}

/** Plays the recorded step with the real variant and the real trainer. */
async function play(variant: Variant, settings: object, file: Checkpoint) {
  const data = datasetOf(file);
  const { image } = data.info;
  const game = variant.create(variant.config.parse(settings), { image, source: image, classes: 0, seed: 0 });
  restoreNetworks(game, file);
  let losses: Record<string, number> = {};
  let tensors: Checkpoint['tensors'] = {};
  const options = { batch: data.info.size, seed: 0, length: { steps: 1 }, samples: 1 };
  const sources = tf.zeros([1, image.height, image.width, image.channels]);
  for await (const event of train(game, data, { ...options, sampleGiven: { sources } as object })) {
    if (event.type === 'step') losses = event.losses;
    if (event.type === 'checkpoint') tensors = event.checkpoint.tensors;
  }
  sources.dispose();
  disposeGame(game);
  return { losses, tensors };
}

const steps: [Variant, object][] = [
  [
    pix2pix as unknown as Variant,
    { generatorWidth: 2, discriminatorWidth: 2, discriminatorLayers: 2, dropout: 0, mirror: false },
  ],
  [
    cyclegan as unknown as Variant,
    { generatorWidth: 2, blocks: 1, discriminatorWidth: 2, discriminatorLayers: 1 },
  ],
];

const largest = (values: ArrayLike<number>) => Math.max(...Array.from(values, Math.abs));
const apart = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  largest(Array.from(a, (value, k) => value - b[k]!));

describe.each(steps)('a step of $name', (variant, settings) => {
  it("has PyTorch's losses, gradients and weights", async () => {
    const file = recorded(variant.name);
    const { losses, tensors } = await play(variant, settings, file);
    const expected = group(file, 'losses');
    expect(Object.keys(losses).sort()).toEqual(Object.keys(expected).sort());
    for (const [name, { data }] of Object.entries(expected)) {
      expect(Math.abs(losses[name]! / data[0]! - 1), name).toBeLessThan(1e-5);
    }
    const gradients = group(file, 'gradients');
    for (const [name, after] of Object.entries(group(file, 'after'))) {
      const [player, i] = name.split('/');
      const gradient = gradients[name]!.data;
      // After one step, Adam's mean of gradients is half the gradient: beta1 is 0.5.
      const ours = tensors[`${player}/adam/first/${i}`]!.data.map((mean) => 2 * mean);
      const weights = tensors[`${player}/weights/${i}`]!;
      expect(weights.shape, name).toEqual(after.shape);
      // A bias in front of instance norm has no gradient, and Adam makes a step of what rounding leaves there.
      const idle = largest(gradient) < 1e-10;
      expect(apart(ours, gradient), `gradient ${name}`).toBeLessThan(idle ? 1e-5 : 1e-4 * largest(gradient));
      expect(apart(weights.data, after.data), `weights ${name}`).toBeLessThan(idle ? 2.5e-4 : 1e-5);
    }
  });
});
