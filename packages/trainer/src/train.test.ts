import { weightClip } from '@ganjs/layers';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import {
  adam,
  DivergenceError,
  decodeCheckpoint,
  defineGame,
  disposeGame,
  encodeCheckpoint,
  type Game,
  type JointMove,
  renderPicture,
  restoreGame,
  sample,
  sgd,
  train,
} from './index.js';
import { data, lastCheckpoint, mean, ofType, run, solo } from './testing.js';

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
        loss: ({ real, n, networks, random }) => {
          const fake = networks.critic(networks.generator(random.normal([n, 3])));
          const score = networks.critic(real.images);
          return {
            scores: mean(fake.softplus().add(score.neg().softplus())),
            drift: mean(score.square()).mul(0.1),
          };
        },
      },
      {
        trains: 'generator',
        loss: ({ n, networks, random }) => ({
          score: mean(
            networks
              .critic(networks.generator(random.normal([n, 3])))
              .neg()
              .softplus(),
          ),
        }),
      },
    ],
    sample: ({ n, networks, random }) => networks.generator(random.normal([n, 3])),
  });
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
    expect(steps[0]!.losses.map(({ move, term }) => `${move}/${term}`)).toEqual([
      'critic/scores',
      'critic/drift',
      'generator/score',
    ]);
    expect(steps[0]).toMatchObject({ measures: {}, state: {} });
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
    const options = { length: { steps: 9 }, checkpointEvery: 4 };
    const g = game({ ema: 0.9, times: 2 });
    const checkpoints = ofType(await run(g, options), 'checkpoint').map(({ checkpoint }) => checkpoint);
    disposeGame(g);
    const resume = decodeCheckpoint(encodeCheckpoint(checkpoints[0]!));
    const resumed = await lastCheckpoint(game({ ema: 0.9, times: 2 }), { ...options, resume });
    expect(encodeCheckpoint(resumed)).toEqual(encodeCheckpoint(checkpoints.at(-1)!));
  });

  it('goes on beyond its end as a run of the longer length does, where nothing follows a schedule', async () => {
    const whole = await lastCheckpoint(game(), { length: { steps: 9 } });
    const resume = await lastCheckpoint(game(), { length: { steps: 4 } });
    const resumed = await lastCheckpoint(game(), { length: { steps: 9 }, resume });
    expect(resumed.tensors).toEqual(whole.tensors);
    expect(resumed.length).toEqual({ steps: 9, since: 4, done: 0.75 });
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

  it('stops also when the signal comes while a sample is looked at', async () => {
    const g = game();
    const controller = new AbortController();
    const types: string[] = [];
    const options = { batch: 4, seed: 1, length: { steps: 12 }, sampleEvery: 2, signal: controller.signal };
    for await (const event of train(g, data(), options)) {
      types.push(event.type);
      if (event.type === 'sample') controller.abort();
    }
    disposeGame(g);
    expect(types).toEqual(['start', 'step', 'step', 'sample', 'checkpoint', 'done']);
  });

  it('waits while its consumer does not ask for the next event', async () => {
    const g = game();
    let steps = 0;
    let paused = 0;
    for await (const event of train(g, data(), { batch: 4, seed: 1, length: { steps: 4 } })) {
      if (event.type !== 'step') continue;
      steps = event.step;
      await new Promise((resolve) => setTimeout(resolve, 20));
      paused += Number(steps === event.step);
    }
    disposeGame(g);
    expect(paused).toBe(4);
  });

  it('refuses lengths that are no whole numbers', async () => {
    const g = game();
    await expect(run(g, { length: { steps: 2.5 } })).rejects.toThrow(
      /steps is 2.5, expected a whole number >= 1/,
    );
    await expect(run(g, { length: { epochs: Number.NaN } })).rejects.toThrow(/epochs is NaN/);
    await expect(run(g, { samples: 0 })).rejects.toThrow(/samples is 0/);
    disposeGame(g);
  });

  it('refuses to go on with another batch', async () => {
    const resume = await lastCheckpoint(game(), { length: { steps: 2 } });
    const g = game();
    await expect(run(g, { resume, batch: 8 })).rejects.toThrow(/batches of 4, the run has 8: use the same/);
    disposeGame(g);
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
    const position = restoreGame(fresh, checkpoint, { averaged: true });
    const drawn = await sample(fresh, { n: 6, seed: 7, position });
    expect(drawn).toEqual(ofType(events, 'sample').at(-1)!.images);
    restoreGame(fresh, checkpoint);
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
    expect(() => restoreGame(other, checkpoint)).toThrow(/"critic\/weights\/0" has shape \[4,8\]/);
    disposeGame(other);
  });
});

describe('a game', () => {
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
    const loss: JointMove['loss'] = ({ networks }) => ({ weight: mean(networks.solo!(tf.ones([1, 1]))) });
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
          loss: ({ networks, share }) => ({ weight: mean(share('output', networks.solo(tf.ones([1, 1])))) }),
        },
        {
          name: 'product',
          trains: 'solo',
          loss: ({ networks, shared: recall }) => {
            const output = recall('output');
            kept.push(output.arraySync() as unknown as number);
            // The shared output is a constant: only the second factor moves the weight.
            return { product: mean(output.mul(networks.solo(tf.ones([1, 1])))) };
          },
        },
      ],
    });
    // 1 - 0.25 - 0.25 * 1 = 0.5, then 0.5 - 0.25 - 0.25 * 0.5 = 0.125.
    expect(await weights(g, 2)).toEqual([0.125]);
    expect(kept.flat(2)).toEqual([1, 0.5]);

    const forgetful = solo({
      moves: [{ trains: 'solo', loss: ({ shared: recall }) => ({ lost: mean(recall('output')) }) }],
    });
    await expect(weights(forgetful, 1)).rejects.toThrow(
      /no earlier move of this step shared "output"; shared: nothing/,
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
            loss: ({ networks }) => {
              count.assign(count.add(1));
              return { weight: mean(networks.solo(tf.ones([1, 1]))).mul(count) as tf.Scalar };
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
            const [one, two] = round.networks.solo.outputs(tf.ones([1, 1]));
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
      sample: ({ n, condition }) => condition.labels!.toFloat().reshape([n, 1, 1, 1]),
      pictures: { ramp: { n: 6, columns: 3, render: ({ n }) => tf.range(0, n).reshape([n, 1, 1, 1]) } },
    });
    const values = Array.from({ length: 250 }, (_, i) => i % 7);
    const labels = tf.tensor1d(values, 'int32');
    const images = await sample(g, { n: 250, seed: 1, condition: { labels } });
    expect([...images.data]).toEqual(values);
    const picture = await renderPicture(g, 'ramp', { seed: 1 });
    expect(picture.columns).toBe(3);
    expect([...picture.images.data]).toEqual([0, 1, 2, 3, 4, 5]);
    await expect(renderPicture(g, 'slope', { seed: 1 })).rejects.toThrow(
      /no picture "slope"\. Choose one of: ramp/,
    );
    labels.dispose();
    disposeGame(g);
  });

  it('says what is missing when nothing is given', async () => {
    const g = solo({ sample: ({ networks, condition }) => networks.solo(condition.labels as tf.Tensor) });
    await expect(sample(g, { n: 1, seed: 1 })).rejects.toThrow(
      /"solo" got nothing for its input 0 .*`condition`/,
    );
    disposeGame(g);
  });
});
