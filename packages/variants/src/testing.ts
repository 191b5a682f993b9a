import { smallWorld } from '@ganjs/testkit';
import { disposeGame, type Setting, type Task, type TrainEvent, train, type Variant } from '@ganjs/trainer';
import * as tf from '@tensorflow/tfjs';
import { variants } from './index.js';

/** A small world that a task can be played in: noise of 8x8, or another side, in three classes. */
export function settingOf(task: Task, seed: number, side = 8): Setting {
  return smallWorld(task, { seed, side }).setting;
}

/** Plays a variant for two steps of 4, and samples 3. */
export async function play(
  variant: Variant,
  { seed = 1, side = 8, settings = {} }: { seed?: number; side?: number; settings?: object } = {},
): Promise<TrainEvent[]> {
  const world = smallWorld(variant.task, { seed, side });
  const game = variant.create(variant.config.parse(settings), world.setting);
  const given = world.given(3);
  const events: TrainEvent[] = [];
  try {
    const options = { batch: 4, seed, length: { steps: 2 }, samples: 3, sampleGiven: given };
    for await (const event of train(game, world.data, options)) events.push(event);
  } finally {
    tf.dispose([given.embeddings, given.labels, given.sources]);
    disposeGame(game);
  }
  return events;
}

/** The last event of a type. */
export function last<T extends TrainEvent['type']>(events: readonly TrainEvent[], type: T) {
  return events.findLast((event): event is Extract<TrainEvent, { type: T }> => event.type === type)!;
}

/** The variant of that name. */
export function variantOf(name: string): Variant {
  return variants.find((variant) => variant.name === name)!;
}
