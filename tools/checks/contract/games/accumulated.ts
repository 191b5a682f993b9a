import type { LabelledBatch } from '@ganjs/datasets';
import { defineGame, sgd } from '@ganjs/trainer';
import * as tf from '@tensorflow/tfjs';
import { expect } from 'vitest';
import { LATENT, painter, scorer } from '../networks.js';
import { BATCH, type OutsideGame, SAMPLES, STEPS } from '../outsideGame.js';
import { eventsOf, play, ramps } from '../play.js';

const SIDE = 4;
const CLASSES = 3;

/** Images that show their class: what a critic of classes sees. */
const marked = (images: tf.Tensor, labels: tf.Tensor) =>
  tf.add(images, tf.reshape(tf.sub(tf.cast(labels, 'float32'), 1), [-1, 1, 1, 1]));

const conditioned = (z: tf.Tensor, labels: tf.Tensor) =>
  tf.concat([z, tf.cast(tf.oneHot(tf.cast(labels, 'int32'), CLASSES), 'float32')], 1);

/** A conditional GAN whose batch is played in so many parts; tells the most bytes that a loss held. */
function create({
  parts,
  units = 8,
  peak = { bytes: 0 },
}: {
  parts: number;
  units?: number;
  peak?: { bytes: number };
}) {
  const noting = <T>(terms: T): T => {
    peak.bytes = Math.max(peak.bytes, tf.memory().numBytes);
    return terms;
  };
  return defineGame<'critic' | 'generator', LabelledBatch>({
    players: {
      critic: {
        network: scorer({ side: SIDE, units }),
        optimizer: sgd({ learningRate: 0.1, momentum: 0.5 }),
      },
      generator: {
        network: painter({ side: SIDE, length: LATENT + CLASSES }),
        optimizer: sgd({ learningRate: 0.1 }),
      },
    },
    moves: [
      {
        name: 'paint',
        trains: [],
        microBatches: parts,
        loss: ({ real, n, networks, random, share }) => {
          share('fakes', networks.generator(conditioned(random.normal([n, LATENT]), real.labels)));
          return {};
        },
      },
      {
        trains: 'critic',
        microBatches: parts,
        loss: ({ real, n, networks, random, shared, measure }) => {
          const labels = random.integers([n], CLASSES);
          const weight = random.uniform([n, 1], 0.5, 1.5);
          const right = networks.critic(marked(real.images, real.labels));
          measure('right', tf.mean(right));
          return noting({
            fake: tf.mean(tf.mul(weight, tf.softplus(networks.critic(marked(shared('fakes'), real.labels))))),
            wrong: tf.mean(tf.softplus(networks.critic(marked(real.images, labels)))),
            right: tf.mean(tf.softplus(tf.neg(right))),
          });
        },
      },
      {
        trains: 'generator',
        microBatches: parts,
        loss: ({ n, networks, random }) => {
          const labels = random.integers([n], CLASSES);
          const fakes = networks.generator(conditioned(random.normal([n, LATENT]), labels));
          return noting({ fake: tf.mean(tf.softplus(tf.neg(networks.critic(marked(fakes, labels))))) });
        },
      },
    ],
    sample: ({ n, networks, random, condition }) =>
      networks.generator(conditioned(random.normal([n, LATENT]), condition.labels)),
  });
}

/** A batch played in four parts, and one of 16 in eight of two. */
export const accumulated: OutsideGame = {
  name: 'an accumulated batch',
  side: SIDE,
  create: () => create({ parts: 4 }),
  condition: (n) => ({
    labels: tf.tensor1d(
      Array.from({ length: n }, (_, i) => i % CLASSES),
      'int32',
    ),
  }),
  claims: {
    async 'parts learn what the whole batch does'() {
      for (const [batch, parts] of [
        [4, 2],
        [4, 4],
        [16, 8],
      ] as const) {
        const playedIn = (count: number) =>
          play({ ...accumulated, create: () => create({ parts: count }) }, { batch });
        const inParts = await playedIn(parts);
        const whole = await playedIn(1);
        const last = inParts.checkpoints[STEPS - 1]!.tensors;
        let largest = 0;
        for (const [name, { data }] of Object.entries(whole.checkpoints[STEPS - 1]!.tensors)) {
          for (const [i, value] of data.entries())
            largest = Math.max(largest, Math.abs(value - last[name]!.data[i]!));
        }
        expect(largest, `${parts} parts of ${batch}`).toBeLessThan(1e-6);
        for (const [i, { losses, measures }] of whole.steps.entries()) {
          for (const [j, { value }] of losses.entries())
            expect(inParts.steps[i]!.losses[j]!.value).toBeCloseTo(value, 6);
          expect(inParts.steps[i]!.measures.right).toBeCloseTo(measures.right!, 6);
        }
      }
    },
    async 'no part repeats the noise of another'() {
      const seen: number[] = [];
      const game = create({ parts: 2 });
      const move = {
        trains: 'generator',
        microBatches: 2,
        loss: ({ n, networks, random }) => {
          // Two vectors an example, as for mixing styles.
          const z = random.normal([2 * n, LATENT]);
          seen.push(...z.dataSync());
          return { size: tf.mean(tf.square(networks.generator(conditioned(z, tf.zeros([2 * n]))))) };
        },
      } satisfies (typeof game.moves)[number];
      const options = { length: { steps: 1 }, sampleCondition: accumulated.condition!(SAMPLES) };
      await eventsOf({ ...game, moves: [move] }, ramps(SIDE), options);
      tf.dispose({ ...options.sampleCondition });
      expect(new Set(seen).size).toBe(2 * BATCH * LATENT);
    },
    async 'parts take less memory'() {
      const bytes = async (parts: number) => {
        const peak = { bytes: 0 };
        const before = tf.memory().numBytes;
        const condition = accumulated.condition!(1);
        const options = { batch: 16, length: { steps: 1 }, samples: 1, sampleCondition: condition };
        await eventsOf(create({ parts, units: 1024, peak }), ramps(SIDE), options);
        tf.dispose({ ...condition });
        return peak.bytes - before;
      };
      const ofWeights = 18 * 1024 * 4;
      expect((await bytes(8)) - ofWeights).toBeLessThan(0.6 * ((await bytes(1)) - ofWeights));
    },
  },
};
