import type { AdversarialLoss } from '@ganjs/losses';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { lossChecks, testLoss } from './loss.js';
import { failures } from './testing.js';

const mean = (x: tf.Tensor) => tf.mean<tf.Scalar>(x);
const good: AdversarialLoss = {
  name: 'wasserstein',
  discriminator: (real, fake) => tf.tidy(() => tf.sub(mean(fake), mean(real))),
  generator: (fake) => tf.tidy(() => tf.neg(mean(fake))),
};
testLoss(good);

const broken: [what: string, loss: Partial<AdversarialLoss>, fails: string, says: RegExp][] = [
  [
    'a loss for each sample',
    { generator: (fake) => tf.neg(fake) as tf.Scalar },
    'gives one finite number for scores of any shape',
    /generator gives shape \[6\] for \[6\], but expected a scalar/,
  ],
  [
    'one that broadcasts columns',
    {
      discriminator: (real, fake) =>
        tf.tidy(() => mean(tf.square(tf.sub(real, tf.reshape(fake, [1, -1])))).add(mean(fake))),
    },
    'does not mind whether scores stand in a column',
    /discriminator for \[6, 1\] beside \[6\]/,
  ],
  [
    'one that overflows',
    { generator: (fake) => tf.tidy(() => mean(tf.exp(tf.neg(fake)))) },
    'has finite values and gradients, even for scores of 1,000',
    /generator for real 1000 and fake -1000 holds Infinity/,
  ],
  [
    'players on one side',
    { generator: (fake) => tf.tidy(() => mean(fake)) },
    'sets the players against each other',
    /the generator's 1, but expected that the generator undoes/,
  ],
  [
    'one that leaks',
    { generator: (fake) => tf.neg(mean(fake)) },
    'changes nothing, repeats itself and leaves no tensor behind',
    /generator leaves 2 tensors behind/,
  ],
  [
    'one that draws',
    { generator: (fake) => tf.tidy(() => tf.add(tf.neg(mean(fake)), Math.random()) as tf.Scalar) },
    'changes nothing, repeats itself and leaves no tensor behind',
    /generator called again/,
  ],
];

it.each(broken)('%s is found', async (_, loss, fails, says) => {
  const found = await failures(lossChecks({ ...good, ...loss }));
  expect(found[fails]).toMatch(says);
});
