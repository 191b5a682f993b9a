import { type Dataset, fromArrays } from '@ganjs/datasets';
import { weightClip } from '@ganjs/layers';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import {
  adam,
  type Checkpoint,
  DivergenceError,
  decodeCheckpoint,
  defineGame,
  disposeGame,
  drawPicture,
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

describe('a game', () => {
  /** One weight that falls by the rate, from 1, at each move. */
  const solo = (parts: Partial<Parameters<typeof defineGame<'solo'>>[0]> & { rate?: number } = {}) => {
    const { rate = 0.25, ...rest } = parts;
    const network = tf.sequential({
      layers: [
        tf.layers.dense({
          units: 1,
          useBias: false,
          inputShape: [1],
          kernelInitializer: tf.initializers.ones(),
        }),
      ],
    });
    return defineGame<'solo'>({
      players: { solo: { network, optimizer: sgd({ learningRate: rate }) } },
      moves: [{ trains: 'solo', loss: ({ play }) => ({ weight: mean(play.solo(tf.ones([1, 1]))) }) }],
      sample: ({ n, play }) => play.solo(tf.ones([n, 1])).reshape([n, 1, 1, 1]),
      ...rest,
    });
  };
  const weights = async (g: Game, steps: number) => {
    const { tensors } = await lastCheckpoint(g, { length: { steps } });
    return [...tensors['solo/weights/0']!.data];
  };

  it('projects the weights of a constrained player after each update', async () => {
    const g = solo({ rate: 0.5 });
    const { solo: player } = g.players;
    const constrained = { ...g, players: { solo: { ...player, constraint: weightClip({ limit: 0.125 }) } } };
    expect(await weights(constrained, 1)).toEqual([0.125]);
    expect(await weights(solo({ rate: 0.5 }), 1)).toEqual([0.5]);
  });

  it('plays a move only when it says so', async () => {
    const loss: Game['moves'][number]['loss'] = ({ play }) => ({ weight: mean(play.solo!(tf.ones([1, 1]))) });
    const everyThird = solo({ moves: [{ trains: 'solo', loss, when: ({ step }) => step % 3 === 0 }] });
    expect(await weights(everyThird, 5)).toEqual([0.5]);
    const firstHalf = solo({ moves: [{ trains: 'solo', loss, when: ({ progress }) => progress < 0.5 }] });
    expect(await weights(firstHalf, 6)).toEqual([0.25]);
  });

  it('hands tensors from move to move as constants, for one step', async () => {
    const kept: number[] = [];
    const g = solo({
      moves: [
        {
          trains: 'solo',
          loss: ({ play, keep }) => ({ weight: mean(keep('output', play.solo(tf.ones([1, 1])))) }),
        },
        {
          trains: 'solo',
          loss: ({ play, kept: recall }) => {
            const output = recall('output');
            kept.push(output.arraySync() as unknown as number);
            // The kept output is a constant: only the second factor moves the weight.
            return { product: mean(output.mul(play.solo(tf.ones([1, 1])))) };
          },
        },
      ],
    });
    // 1 - 0.25 - 0.25 * 1 = 0.5, then 0.5 - 0.25 - 0.25 * 0.5 = 0.125.
    expect(await weights(g, 2)).toEqual([0.125]);
    expect(kept.flat(2)).toEqual([1, 0.5]);

    const forgetful = solo({
      moves: [{ trains: 'solo', loss: ({ kept: recall }) => ({ lost: mean(recall('output')) }) }],
    });
    await expect(weights(forgetful, 1)).rejects.toThrow(
      /no earlier move of this step kept "output"; kept: nothing/,
    );
    disposeGame(forgetful);
  });

  it('carries its state through a checkpoint', async () => {
    const counting = () => {
      const count = tf.tidy(() => tf.variable(tf.scalar(0), false));
      return solo({
        state: { count },
        moves: [
          {
            trains: 'solo',
            loss: ({ play }) => {
              count.assign(count.add(1));
              return { weight: mean(play.solo(tf.ones([1, 1]))).mul(count) as tf.Scalar };
            },
          },
        ],
      });
    };
    const whole = await lastCheckpoint(counting(), { length: { steps: 4 } });
    expect([...whole.tensors['state/count/0']!.data]).toEqual([4]);
    const half = await lastCheckpoint(counting(), { length: { steps: 2 } });
    const resumed = await lastCheckpoint(counting(), { length: { steps: 4 }, resume: half });
    expect(resumed.tensors).toEqual(whole.tensors);
  });

  it('gives all outputs of a network, and the share of the run that is done', async () => {
    const progress: number[] = [];
    const input = tf.input({ shape: [1] });
    const twice = tf.layers.dense({ units: 1, useBias: false, kernelInitializer: tf.initializers.ones() });
    const first = twice.apply(input) as tf.SymbolicTensor;
    const second = tf.layers.add().apply([first, first]) as tf.SymbolicTensor;
    const network = tf.model({ inputs: input, outputs: [first, second] });
    const g = defineGame({
      players: { solo: { network, optimizer: sgd({ learningRate: 0.25 }) } },
      sample: ({ n }) => tf.zeros([n, 1, 1, 1]),
      moves: [
        {
          trains: 'solo',
          loss: (round) => {
            progress.push(round.progress);
            const [one, two] = round.play.solo.outputs(tf.ones([1, 1]));
            expect(two!.arraySync()).toEqual(one!.mul(2).arraySync());
            return { second: mean(two!) };
          },
        },
      ],
    });
    await run(g, { length: { steps: 2 } });
    expect(progress).toEqual([0, 0.5]);
    disposeGame(g);
  });

  it('samples from what is given, in chunks, and draws further pictures', async () => {
    const g = solo({
      sample: ({ n, given }) => given.labels!.toFloat().reshape([n, 1, 1, 1]),
      pictures: { ramp: { n: 6, columns: 3, draw: ({ n }) => tf.range(0, n).reshape([n, 1, 1, 1]) } },
    });
    const values = Array.from({ length: 250 }, (_, i) => i % 7);
    const labels = tf.tensor1d(values, 'int32');
    const images = await sample(g, { n: 250, seed: 1, given: { labels } });
    expect([...images.data]).toEqual(values);
    const picture = await drawPicture(g, 'ramp', { seed: 1 });
    expect(picture.columns).toBe(3);
    expect([...picture.images.data]).toEqual([0, 1, 2, 3, 4, 5]);
    await expect(drawPicture(g, 'slope', { seed: 1 })).rejects.toThrow(/no picture "slope"; it has ramp/);
    labels.dispose();
    disposeGame(g);
  });

  it('says what is missing when nothing is given', async () => {
    const g = solo({ sample: ({ play, given }) => play.solo(given.labels as tf.Tensor) });
    await expect(sample(g, { n: 1, seed: 1 })).rejects.toThrow(
      /"solo" got nothing for its input 0 .*`given`/,
    );
    disposeGame(g);
  });
});
