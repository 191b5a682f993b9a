import { type Dataset, fromArrays } from '@ganjs/datasets';
import * as tf from '@tensorflow/tfjs';
import {
  type Checkpoint,
  defineGame,
  disposeGame,
  type Game,
  sgd,
  type TrainEvent,
  type TrainOptions,
  train,
} from './index.js';

/** 40 images of 2x2 pixels, bright above and dark below. */
export function data(): Dataset {
  const images = Uint8Array.from({ length: 40 * 4 }, (_, i) => (i % 4 < 2 ? 200 + (i % 50) : i % 50));
  return fromArrays({ name: 'stripes', images, image: { height: 2, width: 2, channels: 1 } });
}

export const mean = (x: tf.Tensor) => tf.mean(x) as tf.Scalar;

export async function run(g: Game, options: Partial<TrainOptions> = {}): Promise<TrainEvent[]> {
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

export const ofType = <T extends TrainEvent['type']>(events: TrainEvent[], type: T) =>
  events.filter((event): event is Extract<TrainEvent, { type: T }> => event.type === type);

export async function lastCheckpoint(g: Game, options: Partial<TrainOptions> = {}): Promise<Checkpoint> {
  const events = await run(g, options);
  disposeGame(g);
  return ofType(events, 'checkpoint').at(-1)!.checkpoint;
}

/** One weight that falls by the rate, from 1, at each move. */
export function solo(
  parts: Partial<Parameters<typeof defineGame<'solo'>>[0]> & { rate?: number } = {},
): Game<'solo'> {
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
    moves: [{ trains: 'solo', loss: ({ networks }) => ({ weight: mean(networks.solo(tf.ones([1, 1]))) }) }],
    sample: ({ n, networks }) => networks.solo(tf.ones([n, 1])).reshape([n, 1, 1, 1]),
    ...rest,
  });
}

/** Two players with a layer in common, trained together on the brightness of images, in parts, and averaged. */
export function twoHeads(microBatches: number): Game<'first' | 'second'> {
  const ones = tf.initializers.ones();
  const input = tf.input({ shape: [2, 2, 1] });
  const body = tf.layers.dense({ units: 2, kernelInitializer: ones });
  const shared = body.apply(tf.layers.flatten().apply(input)) as tf.SymbolicTensor;
  const head = () => {
    const score = tf.layers.dense({ units: 1, kernelInitializer: ones }).apply(shared) as tf.SymbolicTensor;
    return {
      network: tf.model({ inputs: input, outputs: score }),
      optimizer: sgd({ learningRate: 1e-2 }),
      ema: 0.5,
    };
  };
  return defineGame({
    players: { first: head(), second: head() },
    moves: [
      {
        trains: ['first', 'second'],
        microBatches,
        loss: ({ real, networks }) => ({
          first: mean(tf.square(networks.first(real.images))),
          second: mean(tf.square(tf.sub(networks.second(real.images), 1))),
        }),
      },
    ],
    sample: ({ n, networks }) => tf.reshape(networks.first(tf.ones([n, 2, 2, 1])), [n, 1, 1, 1]),
  });
}
