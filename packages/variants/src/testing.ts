import { registerWasmBackend } from '@ganjs/backend-wasm';
import { smallWorld, testVariant } from '@ganjs/testkit';
import {
  type BuildContext,
  type Checkpoint,
  configSettings,
  disposeGame,
  type Move,
  mergeConfig,
  parseConfig,
  type Report,
  type StepContext,
  type Task,
  type Terms,
  type TrainEvent,
  train,
  type Variant,
} from '@ganjs/trainer';
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type * as z from 'zod';

/** A small world that a task can be played in: noise of 8x8, or another side, in three classes. */
export function settingOf<T extends Task>(task: T, seed: number, side = 8): Required<BuildContext<T>> {
  return smallWorld(task, { seed, side }).context as unknown as Required<BuildContext<T>>;
}

/** Settings by their dotted keys, as groups: `{ 'generator.width': 4 }` is `{ generator: { width: 4 } }`. */
export function grouped(settings: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const groups: Record<string, unknown> = {};
  for (const [path, value] of Object.entries(settings)) {
    const keys = path.split('.');
    const last = keys.pop()!;
    let group = groups;
    for (const key of keys) {
      group[key] ??= {};
      group = group[key] as Record<string, unknown>;
    }
    group[last] = value;
  }
  return groups;
}

/** Plays a variant for two steps of 4, and samples 3. */
export async function play(
  variant: Variant,
  { seed = 1, side = 8, settings = {} }: { seed?: number; side?: number; settings?: object } = {},
): Promise<TrainEvent[]> {
  const world = smallWorld(variant.task, { seed, side });
  const config = parseConfig(variant, settings as Record<string, unknown>);
  const game = variant.create(config, world.context);
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

/** A value that is not the default, or that with what must be set beside it to matter. */
type Other = unknown | { readonly value: unknown; readonly with: Readonly<Record<string, unknown>> };

/** How to test a variant of this package. */
export interface VariantTest {
  /** Settings, by dotted key, that make its networks small enough for a test. */
  readonly small: Readonly<Record<string, unknown>>;
  /** For each setting another value; absent where the variant shares them with one that has them. */
  readonly others?: Readonly<Record<string, Other>>;
}

/** Registers what every variant of this package must satisfy: the kit's checks, and that every setting has an effect. */
export function testOwnVariant<Schema extends z.ZodObject, T extends Task>(
  own: Variant<Schema, T>,
  { small, others }: VariantTest,
): void {
  const variant = own as unknown as Variant;
  describe(variant.name, () => {
    beforeAll(async () => {
      await registerWasmBackend();
      await tf.setBackend('ganjs-wasm');
    });
    afterAll(async () => void (await tf.setBackend('cpu')));

    testVariant(variant, { settings: grouped(small), backends: ['cpu', 'ganjs-wasm'] });
    if (!others) return;

    const paths = new Set(configSettings(variant.config).map(({ path }) => path));
    it('has another value of each setting to try', () => {
      expect(Object.keys(others).sort()).toEqual([...paths].sort());
    });

    const played = new Map<string, Promise<Checkpoint['tensors']>>();
    /** What two steps leave; of the same settings once. */
    const tensorsOf = (settings: Readonly<Record<string, unknown>>) => {
      const key = JSON.stringify(settings);
      const known = played.get(key) ?? twoSteps(settings);
      played.set(key, known);
      return known;
    };
    const twoSteps = async (settings: Readonly<Record<string, unknown>>) => {
      const config = mergeConfig(variant.config, grouped(small), grouped(settings));
      return last(await play(variant, { settings: config }), 'checkpoint').checkpoint.tensors;
    };
    it.each(Object.keys(others))('%s reaches the game', async (path) => {
      const other = others[path];
      const { value, with: beside } =
        typeof other === 'object' && other !== null && 'with' in other
          ? (other as { value: unknown; with: Record<string, unknown> })
          : { value: other, with: {} };
      expect(await tensorsOf({ ...beside, [path]: value })).not.toEqual(await tensorsOf(beside));
    });
  });
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
