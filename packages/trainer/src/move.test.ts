import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { defineGame, disposeGame, type Game, GameError, type JointMove, sgd } from './index.js';
import { lastCheckpoint, mean, ofType, run, solo, twoHeads } from './testing.js';

describe('a move', () => {
  it('that trains nobody generates and measures', async () => {
    const values: number[] = [];
    const g = solo({
      moves: [
        {
          name: 'fakes',
          trains: [],
          loss: ({ networks, share, measure }) => {
            measure('output', mean(share('fake', networks.solo(tf.ones([1, 1])))));
            return {};
          },
        },
        {
          trains: 'solo',
          loss: ({ networks, shared }) => {
            values.push(...(shared('fake').dataSync() as Float32Array));
            return { weight: mean(networks.solo(tf.ones([1, 1]))) };
          },
        },
      ],
    });
    const steps = ofType(await run(g, { length: { steps: 2 } }), 'step');
    disposeGame(g);
    expect(values).toEqual([1, 0.75]);
    expect(steps.map(({ measures }) => measures)).toEqual([{ output: 1 }, { output: 0.75 }]);
  });

  it('refuses a term that is no scalar, naming it, and frees what it made', async () => {
    const before = tf.memory().numTensors;
    const g = solo({
      moves: [{ trains: 'solo', loss: ({ networks }) => ({ scores: networks.solo(tf.ones([3, 1])) }) }],
    });
    await expect(run(g)).rejects.toThrow(
      /the loss term "scores" of "solo" has shape \[3,1\], expected a scalar/,
    );
    disposeGame(g);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('plays its batch in parts with the gradients of the whole, noise included', async () => {
    const weightsAfter = async (microBatches: number) => {
      const { players } = solo();
      const g = defineGame({
        players,
        moves: [
          {
            trains: 'solo',
            microBatches,
            loss: ({ real, n, networks, random, measure }) => {
              const noise = random.normal([n, 1]);
              const x = tf.add(noise, tf.mean(tf.reshape(real.images, [n, 4]), 1, true));
              measure('noise', mean(noise));
              return { square: mean(tf.square(networks.solo(x))) };
            },
          },
        ],
        sample: ({ n }) => tf.zeros([n, 1, 1, 1]),
      });
      const events = await run(g, { length: { steps: 3 }, batch: 8 });
      disposeGame(g);
      const step = ofType(events, 'step').at(-1)!;
      return [
        ofType(events, 'checkpoint').at(-1)!.checkpoint.tensors['solo/weights/0']!.data[0]!,
        step.losses[0]!.value,
        step.measures.noise!,
      ];
    };
    const whole = await weightsAfter(1);
    for (const parts of [2, 8]) {
      for (const [i, value] of (await weightsAfter(parts)).entries()) expect(value).toBeCloseTo(whole[i]!, 6);
    }
  });

  it('that cannot be divided is refused', async () => {
    const loss = ({ networks }: { networks: Record<string, (x: tf.Tensor) => tf.Tensor> }) => ({
      weight: mean(networks.solo!(tf.ones([1, 1]))),
    });
    const g = solo({ moves: [{ trains: 'solo', microBatches: 3, loss }] });
    await expect(run(g)).rejects.toThrow(/in 3 equal parts, but it has 4 examples/);
    disposeGame(g);
  });

  it('that plays in other parts than the one that shared is told so', async () => {
    const g = solo({
      moves: [
        {
          name: 'fakes',
          trains: [],
          loss: ({ share, real }) => {
            share('fake', real.images);
            return {};
          },
        },
        { trains: 'solo', microBatches: 2, loss: ({ shared }) => ({ mean: mean(shared('fake')) }) },
      ],
    });
    await expect(run(g)).rejects.toThrow(GameError);
    await expect(run(g)).rejects.toThrow(/shared: "fake", by a move with other microBatches/);
    disposeGame(g);
  });

  it('that shares what was shared, under the same name, leaves it to the moves after', async () => {
    const sharing = (name: string): Game<'solo'>['moves'][number] => ({
      ...{ name, trains: [] },
      loss: ({ share, shared, real }) => {
        share('fake', name === 'first' ? real.images : shared('fake'));
        return {};
      },
    });
    const loss: JointMove<'solo'>['loss'] = ({ networks, shared }) => ({
      product: tf.mul(mean(shared('fake')), mean(networks.solo(tf.ones([1, 1])))),
    });
    const g = solo({ moves: [sharing('first'), sharing('second'), { trains: 'solo', loss }] });
    expect(ofType(await run(g, { length: { steps: 1 } }), 'step')).toHaveLength(1);
    disposeGame(g);
  });

  it('of several players in parts may train layers that they share', async () => {
    const whole = await lastCheckpoint(twoHeads(1), { batch: 8, length: { steps: 2 } });
    const parts = await lastCheckpoint(twoHeads(4), { batch: 8, length: { steps: 2 } });
    for (const [name, { data }] of Object.entries(whole.tensors)) {
      for (const [i, value] of data.entries()) expect(parts.tensors[name]!.data[i]).toBeCloseTo(value, 5);
    }
  });

  it('refuses a loss for a player that it does not train', async () => {
    const { players } = twoHeads(1);
    const g = defineGame({
      players,
      moves: [{ trains: ['first'], losses: () => ({ second: { zero: tf.scalar(0) } }) }],
      sample: ({ n }) => tf.zeros([n, 1, 1, 1]),
    });
    await expect(run(g)).rejects.toThrow(/the move "first" has a loss for "second", but trains first/);
    disposeGame(g);
  });

  it('frees its gradients when the optimizer refuses them', async () => {
    const { players, ...rest } = solo();
    const optimizer = sgd({ learningRate: () => Number.NaN });
    const g = { ...rest, players: { solo: { ...players.solo, optimizer } } };
    const { numTensors } = tf.memory();
    await expect(run(g)).rejects.toThrow(/NaN from the schedule of learningRate/);
    expect(tf.memory().numTensors).toBe(numTensors);
    disposeGame(g);
  });

  it('lets players share layers, whose weights are freed once', () => {
    const [a, b] = [tf.layers.dense({ units: 1 }), tf.layers.dense({ units: 2 })];
    const input = tf.input({ shape: [1] });
    const shared = a.apply(input) as tf.SymbolicTensor;
    const network = (output: tf.SymbolicTensor) => tf.model({ inputs: input, outputs: output });
    const { players } = solo();
    const optimizer = sgd({ learningRate: 1 });
    const g = {
      players: {
        ...players,
        first: { network: network(shared), optimizer },
        second: { network: network(b.apply(shared) as tf.SymbolicTensor), optimizer },
      },
    };
    disposeGame(g);
  });

  it('lets players learn simultaneously, each from its own loss of one forward pass', async () => {
    const network = (value: number) =>
      tf.sequential({
        layers: [
          tf.layers.dense({
            units: 1,
            useBias: false,
            inputShape: [1],
            kernelInitializer: tf.initializers.constant({ value }),
          }),
        ],
      });
    let passes = 0;
    const g = defineGame({
      players: {
        critic: { network: network(2), optimizer: sgd({ learningRate: 0.1 }) },
        generator: { network: network(3), optimizer: sgd({ learningRate: 0.01 }) },
      },
      moves: [
        {
          trains: ['critic', 'generator'],
          losses: ({ networks }) => {
            passes++;
            const score = mean(networks.critic(networks.generator(tf.ones([1, 1]))));
            return { critic: { score }, generator: { score: tf.neg(score) } };
          },
        },
      ],
      sample: ({ n }) => tf.zeros([n, 1, 1, 1]),
    });
    const events = await run(g, { length: { steps: 1 } });
    disposeGame(g);
    const { tensors } = ofType(events, 'checkpoint').at(-1)!.checkpoint;
    // d(cg)/dc = g = 3, d(-cg)/dg = -c = -2, both at the weights before the step.
    expect(tensors['critic/weights/0']!.data[0]).toBeCloseTo(2 - 0.1 * 3, 6);
    expect(tensors['generator/weights/0']!.data[0]).toBeCloseTo(3 + 0.01 * 2, 6);
    expect(passes).toBe(1);
    expect(ofType(events, 'step')[0]!.losses).toEqual([
      { move: 'critic', term: 'score', value: 6 },
      { move: 'generator', term: 'score', value: -6 },
    ]);
  });
});
