import type { LabelledBatch } from '@ganjs/datasets';
import { type Dataset, fromArrays } from '@ganjs/datasets';
import {
  disposeGame,
  encodeCheckpoint,
  type Game,
  type Images,
  type TrainEvent,
  type TrainOptions,
  train,
} from '@ganjs/trainer';
import * as tf from '@tensorflow/tfjs';
import { expect } from 'vitest';
import { BATCH, type OutsideGame, type Run, SAMPLES, STEPS } from './outsideGame.js';

/** 16 gray images in three classes, a ramp of its own each. */
export function ramps(side: number): Dataset<LabelledBatch> {
  const size = side * side;
  const images = Uint8Array.from({ length: 16 * size }, (_, i) => {
    const image = Math.floor(i / size);
    return ((i % size) * (256 / size) * (1 + (image % 3)) + 11 * image) % 256;
  });
  const labels = Int32Array.from({ length: 16 }, (_, i) => i % 3);
  const image = { height: side, width: side, channels: 1 };
  return fromArrays({ name: 'ramps', images, labels, image }) as Dataset<LabelledBatch>;
}

/** Plays a game to its end, hands each event to `sees` when it comes, and disposes the game. */
export async function eventsOf(
  game: Game<string, LabelledBatch>,
  data: Dataset<LabelledBatch>,
  options: Partial<TrainOptions<LabelledBatch>> = {},
  sees: (event: TrainEvent) => void = () => {},
): Promise<TrainEvent[]> {
  const events: TrainEvent[] = [];
  const whole = { batch: BATCH, seed: 7, length: { steps: STEPS }, samples: SAMPLES };
  try {
    for await (const event of train(game, data, { ...whole, ...options })) {
      events.push(event);
      sees(event);
    }
  } finally {
    disposeGame(game);
  }
  return events;
}

/** Plays an outside game with a sample and a checkpoint after each step; nothing may be left of it. */
export async function play(
  outside: OutsideGame,
  options: Partial<TrainOptions<LabelledBatch>> = {},
): Promise<Run> {
  const before = tf.memory().numTensors;
  const sampleCondition = outside.condition?.(SAMPLES);
  const each = { sampleEvery: 1, checkpointEvery: 1, ...(sampleCondition && { sampleCondition }) };
  const events = await eventsOf(outside.create(), ramps(outside.side), { ...each, ...options });
  tf.dispose({ ...sampleCondition });
  expect(tf.memory().numTensors, `tensors left by ${outside.name}`).toBe(before);
  return runOf(events);
}

/** The events of a run by kind. */
export function runOf(events: readonly TrainEvent[]): Run {
  return {
    steps: events.filter((event) => event.type === 'step'),
    samples: events.filter((event) => event.type === 'sample').map(({ images }) => images),
    checkpoints: events.filter((event) => event.type === 'checkpoint').map(({ checkpoint }) => checkpoint),
  };
}

/** What each step left, apart from what the clock says: its reports, its samples, the bytes of its checkpoint. */
export function tracesOf({ steps, samples, checkpoints }: Run) {
  return steps.map(({ step, epoch, losses, measures, state }, i) => ({
    ...{ step, epoch, losses, measures, state },
    samples: traceOf(samples[i]!),
    // As text: comparing arrays element by element would take most of the time of these tests.
    checkpoint: Buffer.from(encodeCheckpoint(checkpoints[i]!)).toString('base64'),
  }));
}

/** Images to the byte. */
export function traceOf({ data, shape }: Images): string {
  return `[${shape}] ${Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64')}`;
}
