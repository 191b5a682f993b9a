import { type Dataset, fromArrays } from '@ganjs/datasets';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import {
  adam,
  type Checkpoint,
  DivergenceError,
  decodeCheckpoint,
  defineGame,
  disposeGame,
  encodeCheckpoint,
  type Game,
  restoreNetworks,
  sample,
  sgd,
  type TrainEvent,
  type TrainOptions,
  train,
} from './index.js';

/** 40 images of 2x2 pixels, bright above and dark below. */
function data(): Dataset {
  const images = Uint8Array.from({ length: 40 * 4 }, (_, i) => (i % 4 < 2 ? 200 + (i % 50) : i % 50));
  return fromArrays({ name: 'stripes', images, image: { height: 2, width: 2, channels: 1 } });
}

const mean = (x: tf.Tensor) => tf.mean(x) as tf.Scalar;

/** A small game; with an average when asked for. */
function game({
  ema,
  learningRate = 0.05,
  times = 1,
}: {
  ema?: number;
  learningRate?: number;
  times?: number;
} = {}) {
  const initializer = (seed: number) => tf.initializers.glorotUniform({ seed });
  const generator = tf.sequential({
    layers: [
      tf.layers.dense({ units: 4, inputShape: [3], kernelInitializer: initializer(1) }),
      tf.layers.batchNormalization({ momentum: 0.9 }),
      tf.layers.activation({ activation: 'tanh' }),
      tf.layers.reshape({ targetShape: [2, 2, 1] }),
    ],
  });
  const critic = tf.sequential({
    layers: [
      tf.layers.flatten({ inputShape: [2, 2, 1] }),
      tf.layers.dense({ units: 8, activation: 'relu', kernelInitializer: initializer(2) }),
      tf.layers.dense({ units: 1, kernelInitializer: initializer(3) }),
    ],
  });
  return defineGame({
    players: {
      critic: { network: critic, optimizer: adam({ learningRate, beta1: 0.5 }) },
      generator: {
        network: generator,
        optimizer: sgd({ learningRate, momentum: 0.5 }),
        ...(ema !== undefined && { ema }),
      },
    },
    moves: [
      {
        trains: 'critic',
        times,
        loss: ({ real, n, play, draw }) => {
          const fake = play.critic(play.generator(draw.normal([n, 3])));
          const score = play.critic(real.images);
          return {
            scores: mean(fake.softplus().add(score.neg().softplus())),
            drift: mean(score.square()).mul(0.1),
          };
        },
      },
      {
        trains: 'generator',
        loss: ({ n, play, draw }) => ({
          score: mean(
            play
              .critic(play.generator(draw.normal([n, 3])))
              .neg()
              .softplus(),
          ),
        }),
      },
    ],
    sample: ({ n, play, draw }) => play.generator(draw.normal([n, 3])),
  });
}

async function run(g: Game, options: Partial<TrainOptions> = {}): Promise<TrainEvent[]> {
  const events: TrainEvent[] = [];
  for await (const event of train(g, data(), {
    batch: 4,
    seed: 7,
    length: { steps: 12 },
    samples: 6,
    ...options,
  })) {
    events.push(event);
  }
  return events;
}

const ofType = <T extends TrainEvent['type']>(events: TrainEvent[], type: T) =>
  events.filter((event): event is Extract<TrainEvent, { type: T }> => event.type === type);

async function lastCheckpoint(g: Game, options: Partial<TrainOptions> = {}): Promise<Checkpoint> {
  const events = await run(g, options);
  disposeGame(g);
  return ofType(events, 'checkpoint').at(-1)!.checkpoint;
}

describe('train', () => {
  it('reports steps, a sample an epoch, a checkpoint and the end, in order', async () => {
    const g = game();
    const events = await run(g);
    disposeGame(g);
    expect(events[0]).toEqual({
      type: 'start',
      steps: 12,
      done: 0,
      stepsPerEpoch: 10,
      parameters: { critic: 4 * 8 + 8 + 8 + 1, generator: 3 * 4 + 4 + 8 },
    });
    const steps = ofType(events, 'step');
    expect(steps.map(({ step, epoch }) => [step, epoch])).toEqual(
      Array.from({ length: 12 }, (_, i) => [i + 1, i < 10 ? 1 : 2]),
    );
    expect(Object.keys(steps[0]!.losses)).toEqual(['critic/scores', 'critic/drift', 'generator/score']);
    expect(ofType(events, 'sample').map(({ step }) => step)).toEqual([10, 12]);
    expect(ofType(events, 'sample')[0]!.images.shape).toEqual([6, 2, 2, 1]);
    expect(ofType(events, 'checkpoint').map(({ step }) => step)).toEqual([10, 12]);
    expect(events.at(-1)).toEqual({ type: 'done', step: 12, reason: 'finished' });
  });

  it('learns: the generated images take the look of the real ones', async () => {
    const g = game({ learningRate: 0.05 });
    const events = await run(g, { length: { steps: 400 } });
    disposeGame(g);
    const { data: pixels } = ofType(events, 'sample').at(-1)!.images;
    const average = (rows: number[]) =>
      pixels.filter((_, i) => rows.includes(i % 4)).reduce((a, b) => a + b) / 12;
    expect(average([0, 1])).toBeGreaterThan(0.3);
    expect(average([2, 3])).toBeLessThan(-0.3);
  });

  it('is a pure function of the seed, byte for byte', async () => {
    const first = encodeCheckpoint(await lastCheckpoint(game({ ema: 0.9 })));
    expect(encodeCheckpoint(await lastCheckpoint(game({ ema: 0.9 })))).toEqual(first);
    expect(encodeCheckpoint(await lastCheckpoint(game({ ema: 0.9 }), { seed: 8 }))).not.toEqual(first);
  });

  it('resumes to the bytes of the uninterrupted run', async () => {
    const whole = await lastCheckpoint(game({ ema: 0.9, times: 2 }), { length: { steps: 9 } });
    const half = await lastCheckpoint(game({ ema: 0.9, times: 2 }), { length: { steps: 4 } });
    const resume = decodeCheckpoint(encodeCheckpoint(half));
    const resumed = await lastCheckpoint(game({ ema: 0.9, times: 2 }), { length: { steps: 9 }, resume });
    expect(encodeCheckpoint(resumed)).toEqual(encodeCheckpoint(whole));
  });

  it('gives each repetition of a move a batch of its own', async () => {
    const g = game({ times: 5 });
    const events = await run(g, { length: { epochs: 1 } });
    disposeGame(g);
    expect(events[0]).toMatchObject({ stepsPerEpoch: 2, steps: 2 });
  });

  it('stops after the step at hand when asked, with a sample and a checkpoint', async () => {
    const g = game();
    const controller = new AbortController();
    const types: string[] = [];
    for await (const event of train(g, data(), {
      batch: 4,
      seed: 1,
      length: { steps: 12 },
      signal: controller.signal,
    })) {
      types.push(event.type);
      if (event.type === 'step' && event.step === 3) controller.abort();
    }
    disposeGame(g);
    expect(types).toEqual(['start', 'step', 'step', 'step', 'sample', 'checkpoint', 'done']);
  });

  it('frees its memory when the consumer walks away', async () => {
    const g = game();
    for await (const event of train(g, data(), { batch: 4, seed: 1, length: { steps: 12 } })) {
      if (event.type === 'step') break;
    }
    disposeGame(g);
  });

  it('names the term that diverged', async () => {
    const g = game({ learningRate: 1e30 });
    const error: unknown = await run(g).catch((e: unknown) => e);
    disposeGame(g);
    expect(error).toBeInstanceOf(DivergenceError);
    expect((error as DivergenceError).message).toMatch(/generator\/score became (NaN|Infinity) at step 1/);
  });
});

describe('sample', () => {
  it('draws with the averaged weights of a checkpoint what training drew', async () => {
    const g = game({ ema: 0.99 });
    const events = await run(g);
    const fresh = game({ ema: 0.99 });
    const checkpoint = ofType(events, 'checkpoint').at(-1)!.checkpoint;
    restoreNetworks(fresh, checkpoint, { averaged: true });
    const drawn = await sample(fresh, { n: 6, seed: 7 });
    expect(drawn).toEqual(ofType(events, 'sample').at(-1)!.images);
    restoreNetworks(fresh, checkpoint);
    expect(await sample(fresh, { n: 6, seed: 7 })).not.toEqual(drawn);
    disposeGame(g);
    disposeGame(fresh);
  });

  it('refuses a checkpoint of other networks, naming the tensor', async () => {
    const checkpoint = await lastCheckpoint(game());
    const other = defineGame({
      players: {
        critic: {
          network: tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [2] })] }),
          optimizer: sgd({ learningRate: 1 }),
        },
      },
      moves: [{ trains: 'critic', loss: () => ({ zero: tf.scalar(0) }) }],
      sample: () => tf.zeros([1, 1, 1, 1]),
    });
    expect(() => restoreNetworks(other, checkpoint)).toThrow(/"critic\/weights\/0" has shape \[4,8\]/);
    disposeGame(other);
  });
});
