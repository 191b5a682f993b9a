import { smallWorld } from '@ganjs/testkit';
import {
  type BuildContext,
  disposeGame,
  type Move,
  type Report,
  type StepContext,
  type Task,
  type Terms,
  type TrainEvent,
  train,
  type Variant,
} from '@ganjs/trainer';
import * as tf from '@tensorflow/tfjs';
import { variants } from './index.js';

/** A small world that a task can be played in: noise of 8x8, or another side, in three classes. */
export function settingOf(task: Task, seed: number, side = 8): BuildContext {
  return smallWorld(task, { seed, side }).context;
}

/** Plays a variant for two steps of 4, and samples 3. */
export async function play(
  variant: Variant,
  { seed = 1, side = 8, settings = {} }: { seed?: number; side?: number; settings?: object } = {},
): Promise<TrainEvent[]> {
  const world = smallWorld(variant.task, { seed, side });
  const game = variant.create(variant.config.parse(settings), world.context);
  const sampleCondition = world.condition(3);
  const events: TrainEvent[] = [];
  try {
    const options = { batch: 4, seed, length: { steps: 2 }, samples: 3, sampleCondition };
    for await (const event of train(game, world.data, options)) events.push(event);
  } finally {
    const { embeddings, labels, sources } = sampleCondition;
    tf.dispose([embeddings, labels, sources]);
    disposeGame(game);
  }
  return events;
}

/** The last event of a type. */
export function last<T extends TrainEvent['type']>(events: readonly TrainEvent[], type: T) {
  return events.findLast((event): event is Extract<TrainEvent, { type: T }> => event.type === type)!;
}

/** The losses of a step by move and term: `generator/adversarial`. */
export function lossesOf({ losses }: { readonly losses: readonly Report[] }): Record<string, number> {
  return Object.fromEntries(losses.map(({ move, term, value }) => [`${move}/${term}`, value]));
}

/** The loss of a move, in a context of which it reads only what a test gives. */
export function lossOf(move: Move | undefined): (context: object) => Terms {
  if (!move || !('loss' in move)) throw new Error('the move has no loss of all its players');
  return (context) => move.loss(context as StepContext);
}

/** The variant of that name. */
export function variantOf(name: string): Variant {
  return variants.find((variant) => variant.name === name)!;
}
