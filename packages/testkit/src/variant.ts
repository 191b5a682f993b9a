import {
  type Checkpoint,
  type Condition,
  configSettings,
  decodeCheckpoint,
  disposeGame,
  encodeCheckpoint,
  type Game,
  GameError,
  type Images,
  isVariant,
  type LatentVectors,
  parseConfig,
  type Report,
  restoreGame,
  sample,
  sampleLatents,
  synthesize,
  type Task,
  type TrainEvent,
  tasks,
  train,
  type Variant,
} from '@ganjs/trainer';
import * as tf from '@tensorflow/tfjs';
import type * as z from 'zod';
import { type Check, ensure, ensureFinite, ensureNoLeak, ensureSame, onBackend, register } from './check.js';
import { type FullBatch, type SmallWorld, smallWorld } from './smallWorld.js';

/** How to test a variant. */
export interface VariantOptions {
  /** Settings that make its networks small enough for a test. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Height and width of the images, a multiple of 4. Default 8. */
  readonly side?: number;
  /** Backends to play on, registered by the test file. Default `['cpu']`. */
  readonly backends?: readonly string[];
}

const BATCH = 4;
const SAMPLES = 3;
const STEPS = 2;
const TRUNCATION = 0.5;

/** What a run of two steps left. */
interface Played {
  readonly losses: readonly Report[];
  readonly images: Images;
  readonly checkpoint: Checkpoint;
  /** Whether a player is frozen: checkpoints leave it out, so only the same seed builds it again. */
  readonly frozen: boolean;
}

/**
 * Registers what every variant must satisfy: it describes itself; and on each backend it plays two steps with finite
 * losses and images in [-1, 1], moves every player that has an optimizer, depends on the seed alone, goes on from a saved
 * checkpoint as if it had never stopped, samples from saved weights, makes images of its latents if it has such, and
 * leaves no tensor behind.
 *
 * @example
 * testVariant(myGan, { settings: { latent: 4, width: 16 }, backends: ['cpu', 'ganjs-wasm'] });
 */
export function testVariant<Schema extends z.ZodObject, T extends Task>(
  variant: Variant<Schema, T>,
  options: VariantOptions = {},
): void {
  register(`${variant.name} as a variant`, variantChecks(variant as unknown as Variant, options));
}

/** The checks of {@link testVariant}. */
export function variantChecks(variant: Variant, options: VariantOptions = {}): Check[] {
  const { settings = {}, side = 8, backends = ['cpu'] } = options;

  /** Does something with a game built for the small world. */
  const withGame = async <T>(seed: number, f: (game: Game, world: SmallWorld) => Promise<T>): Promise<T> => {
    const world = smallWorld(variant.task, { seed, side });
    const game = variant.create(parseConfig(variant, settings), world.context);
    try {
      return await f(game, world);
    } finally {
      disposeGame(game);
    }
  };

  const play = (seed: number, steps: number, resume?: Checkpoint): Promise<Played> =>
    withGame(seed, (game, world) =>
      withCondition(world, async (sampleCondition) => {
        const events: TrainEvent[] = [];
        const run = { batch: BATCH, seed, length: { steps: STEPS }, samples: SAMPLES, sampleCondition };
        // A run of fewer steps is one that is stopped: its length stays that of the whole.
        const stop = new AbortController();
        const more = { checkpointEvery: 1, signal: stop.signal, ...(resume && { resume }) };
        for await (const event of train(game, world.data, { ...run, ...more })) {
          events.push(event);
          if (event.type === 'step' && event.step === steps) stop.abort();
        }
        return {
          losses: events.flatMap((event) => (event.type === 'step' ? event.losses : [])),
          images: last(events, 'sample').images,
          checkpoint: last(events, 'checkpoint').checkpoint,
          frozen: Object.values(game.players).some(({ optimizer }) => optimizer === undefined),
        };
      }),
    );

  /** The weights that the players which learn begin with: all, and trainable ones alone. */
  const initialWeights = (seed: number) =>
    withGame(seed, async ({ players }) => {
      const weights: Weight[] = [];
      for (const [player, { network, optimizer }] of Object.entries(players)) {
        for (const [i, weight] of network.weights.entries()) {
          const values = (await weight.read().data()).slice();
          const learns = optimizer !== undefined && network.trainableWeights.includes(weight);
          weights.push({ player, name: `${player}/weights/${i}`, learns, values });
        }
      }
      return weights;
    });

  const checks: Check[] = [{ name: 'describes itself', run: () => describesItself(variant) }];
  for (const backend of backends) {
    let whole: Promise<Played> | undefined;
    // One run serves all checks of a backend that only look at it.
    const first = () => (whole ??= ensureNoLeak(variant.name, () => play(1, STEPS)));
    const here = (name: string, run: () => Promise<void>) =>
      checks.push({ name: `${name}, on ${backend}`, run: () => onBackend(backend, run) });
    /** Does something with the game and the condition of that run, restored from its checkpoint. */
    const restored = async (f: (game: Game, options: Restored) => Promise<void>): Promise<void> => {
      const { checkpoint, frozen } = await first();
      await withGame(frozen ? 1 : 7, (game, world) =>
        withCondition(world, async (condition) => {
          const position = restoreGame(game, checkpoint, { averaged: true });
          await f(game, { n: SAMPLES, seed: 1, position, condition });
        }),
      );
    };

    here('plays two steps with finite losses, and leaves no tensor behind', async () => {
      const { losses } = await first();
      ensure(losses.length > 0, 'no step reported a loss', 'at least one');
      for (const { move, term, value } of losses) ensureFinite([value], `the loss "${term}" of "${move}"`);
    });
    here('samples images in [-1, 1] of the shape of its data', async () => {
      const { images } = await first();
      const { height, width, channels } = smallWorld(variant.task, { side }).context.image;
      const shape = [SAMPLES, height, width, channels];
      ensure(images.shape.join() === shape.join(), `samples have shape [${images.shape}]`, `[${shape}]`);
      ensureFinite(images.data, 'the samples');
      const beyond = images.data.find((value) => Math.abs(value) > 1);
      ensure(beyond === undefined, `a sample holds ${beyond}`, 'pixels in [-1, 1]');
    });
    here('moves every player that has an optimizer', async () => {
      const { checkpoint } = await first();
      const before = (await initialWeights(1)).filter(({ learns }) => learns);
      const moved = before.filter(({ name, values }) => !equal(checkpoint.tensors[name]!.data, values));
      const still = before.find(({ player }) => !moved.some((weight) => weight.player === player));
      ensure(
        still === undefined,
        `the weights of "${still?.player}" are after ${STEPS} steps those that it began with`,
        'that a move trains it with a loss that depends on it: shorten phases by `settings`, and give a player that ' +
          'is frozen no optimizer',
      );
    });
    here('depends on the seed alone', async () => {
      const { checkpoint, images } = await first();
      const again = await play(1, STEPS);
      ensureSameRun(again.checkpoint, checkpoint, 'a second run of the same seed');
      ensureSame(again.images.data, images.data, 'samples of a second run of the same seed');
      const [one, two] = [await initialWeights(1), await initialWeights(2)];
      const differs = one.some(({ values }, i) => !equal(values, two[i]!.values));
      ensure(differs, 'another seed gives the same weights', 'that builders take `context.seed`');
    });
    here('goes on from a saved checkpoint as if it had never stopped', async () => {
      const stopped = await play(1, 1);
      const saved = decodeCheckpoint(encodeCheckpoint(stopped.checkpoint));
      const resumed = await play(1, STEPS, saved);
      ensureSameRun(resumed.checkpoint, (await first()).checkpoint, 'a resumed run');
    });
    here('samples the same from saved weights', () =>
      restored(async (game, options) => {
        const drawn = await sample(game, options);
        ensureSame(drawn.data, (await first()).images.data, 'samples from the saved weights');
      }),
    );
    here('makes images of its latents, if it has such', () =>
      restored(async (game, options) => {
        if (!game.latents) return;
        const latents = await sampleLatents(game, options);
        ensureFinite(latents.data, 'a latent');
        const images = await synthesize(game, latents, options);
        if (!game.sample) {
          ensureSame(
            images.data,
            (await sample(game, options)).data,
            'images of the latents that `sample` draws',
          );
        }
        const truncated = await truncatedLatents(game, options);
        if (!truncated) return;
        const nearer = await synthesize(game, truncated, options);
        ensure(
          !equal(nearer.data, images.data),
          `truncation ${TRUNCATION} gives the images of truncation 1`,
          'latents nearer to their mean, or a GameError where the game has none',
        );
      }),
    );
  }
  return checks;
}

/** A weight of a player before the first step. */
interface Weight {
  readonly player: string;
  /** What a checkpoint calls it. */
  readonly name: string;
  readonly learns: boolean;
  readonly values: ArrayLike<number>;
}

/** What a restored game samples with. */
type Restored = Parameters<typeof sample<FullBatch>>[1];

/** Truncated latents; undefined where the game says that it cannot truncate. */
async function truncatedLatents(game: Game, options: Restored): Promise<LatentVectors | undefined> {
  try {
    return await sampleLatents(game, { ...options, truncation: TRUNCATION });
  } catch (error) {
    if (error instanceof GameError) return undefined;
    throw error;
  }
}

/** Does something with what some images shall be made from. */
async function withCondition<T>(
  world: SmallWorld,
  f: (condition: Condition<FullBatch>) => Promise<T>,
): Promise<T> {
  const condition = world.condition(SAMPLES);
  try {
    return await f(condition);
  } finally {
    tf.dispose([condition.labels, condition.sources, condition.embeddings]);
  }
}

function describesItself(variant: Variant): void {
  ensure(isVariant(variant), 'the value is no variant', 'what defineVariant returns');
  const { name, summary, algorithm, config, presets = {}, task, training } = variant;
  ensure(
    /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name),
    `the name is "${name}"`,
    'kebab-case, such as "wgan-gp"',
  );
  ensure(task in tasks, `the task is "${task}"`, `one of ${Object.keys(tasks).join(', ')}`);
  for (const [field, text] of Object.entries({ summary, algorithm, title: variant.paper.title })) {
    ensure(typeof text === 'string' && text.trim() !== '', `its ${field} is empty`, 'a text');
  }
  for (const [key, count] of Object.entries(training)) {
    ensure(Number.isInteger(count) && count >= 1, `training.${key} is ${count}`, 'a whole number >= 1');
  }
  for (const { path, hasDefault, description } of configSettings(config)) {
    ensure(hasDefault, `the setting "${path}" has no default`, 'one: a variant works as it is');
    ensure(!!description, `the setting "${path}" has no description`, '.describe(…)');
  }
  for (const [preset, { config: values }] of Object.entries(presets)) {
    let refused: unknown;
    try {
      parseConfig(variant, values);
    } catch (error) {
      refused = error;
    }
    ensure(!refused, `the preset "${preset}" is refused: ${String(refused)}`, 'settings of the variant');
  }
}

function last<E extends TrainEvent['type']>(events: readonly TrainEvent[], type: E) {
  return events.findLast((event): event is Extract<TrainEvent, { type: E }> => event.type === type)!;
}

function equal(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  return a.length === b.length && Array.from(a).every((value, i) => Object.is(value, b[i]));
}

function ensureSameRun(actual: Checkpoint, wanted: Checkpoint, what: string): void {
  const names = Object.keys(wanted.tensors);
  ensure(
    Object.keys(actual.tensors).join() === names.join(),
    `${what} saves ${Object.keys(actual.tensors).join(', ')}`,
    names.join(', '),
  );
  for (const name of names)
    ensureSame(actual.tensors[name]!.data, wanted.tensors[name]!.data, `${what}: ${name}`);
  for (const [name, value] of Object.entries(wanted.state)) {
    ensureSame([actual.state[name]!], [value], `${what}: state/${name}`);
  }
}
