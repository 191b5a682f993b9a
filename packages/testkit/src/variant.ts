import {
  type Checkpoint,
  decodeCheckpoint,
  disposeGame,
  encodeCheckpoint,
  type Images,
  isVariant,
  restoreNetworks,
  sample,
  type Task,
  type TrainEvent,
  tasks,
  train,
  type Variant,
} from '@ganjs/trainer';
import * as tf from '@tensorflow/tfjs';
import type { z } from 'zod';
import { type Check, ensure, ensureFinite, ensureNoLeak, ensureSame, onBackend, register } from './check.js';
import { type SmallWorld, smallWorld } from './smallWorld.js';

/** How to test a variant. */
export interface VariantOptions {
  /** Settings that make its networks small enough for a test. */
  readonly settings?: object;
  /** Height and width of the images, a multiple of 4. Default 8. */
  readonly side?: number;
  /** Backends to play on, registered by the test file. Default `['cpu']`. */
  readonly backends?: readonly string[];
}

const BATCH = 4;
const SAMPLES = 3;
const STEPS = 2;

/** What a run of two steps left. */
interface Played {
  readonly players: readonly string[];
  readonly losses: Readonly<Record<string, number>>;
  readonly images: Images;
  readonly checkpoint: Checkpoint;
}

/**
 * Registers what every variant must satisfy: it describes itself; and on each backend it plays two steps with finite
 * losses and images in [-1, 1], moves the players that its losses name, depends on the seed alone, goes on from a saved
 * checkpoint as if it had never stopped, samples from saved weights, and leaves no tensor behind.
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

  const play = async (seed: number, steps: number, resume?: Checkpoint): Promise<Played> => {
    const world = smallWorld(variant.task, { seed, side });
    const game = variant.create(variant.config.parse(settings), world.setting);
    const given = world.given(SAMPLES);
    const events: TrainEvent[] = [];
    try {
      const run = { batch: BATCH, seed, length: { steps: STEPS }, samples: SAMPLES, sampleGiven: given };
      // A run of fewer steps is one that is stopped: its length stays that of the whole.
      const stop = new AbortController();
      const more = { checkpointEvery: 1, signal: stop.signal, ...(resume && { resume }) };
      for await (const event of train(game, world.data, { ...run, ...more })) {
        events.push(event);
        if (event.type === 'step' && event.step === steps) stop.abort();
      }
    } finally {
      disposeGiven(given);
      disposeGame(game);
    }
    return {
      players: Object.keys(last(events, 'start').parameters),
      losses: Object.assign({}, ...events.map((event) => (event.type === 'step' ? event.losses : {}))),
      images: last(events, 'sample').images,
      checkpoint: last(events, 'checkpoint').checkpoint,
    };
  };

  const initialWeights = async (seed: number) => {
    const game = variant.create(
      variant.config.parse(settings),
      smallWorld(variant.task, { seed, side }).setting,
    );
    const weights: Record<string, ArrayLike<number>> = {};
    for (const [name, { network }] of Object.entries(game.players)) {
      for (const [i, weight] of network.weights.entries()) {
        weights[`${name}/weights/${i}`] = (await weight.read().data()).slice();
      }
    }
    disposeGame(game);
    return weights;
  };

  const checks: Check[] = [{ name: 'describes itself', run: () => describesItself(variant) }];
  for (const backend of backends) {
    let whole: Promise<Played> | undefined;
    // One run serves all checks of a backend that only look at it.
    const first = () => (whole ??= ensureNoLeak(variant.name, () => play(1, STEPS)));
    const here = (name: string, run: () => Promise<void>) =>
      checks.push({ name: `${name}, on ${backend}`, run: () => onBackend(backend, run) });

    here('plays two steps with finite losses, and leaves no tensor behind', async () => {
      const { players, losses } = await first();
      ensure(Object.keys(losses).length > 0, 'no step reported a loss', 'at least one');
      for (const [name, loss] of Object.entries(losses)) ensureFinite([loss], `the loss "${name}"`);
      const untrained = players.filter((player) => !trained(losses).includes(player));
      ensure(
        untrained.length === 0,
        `no move of the first ${STEPS} steps trains ${untrained.join(', ')}`,
        'that every player learns: shorten phases by `settings`',
      );
    });
    here('samples images in [-1, 1] of the shape of its data', async () => {
      const { images } = await first();
      const { height, width, channels } = smallWorld(variant.task, { side }).setting.image;
      const shape = [SAMPLES, height, width, channels];
      ensure(images.shape.join() === shape.join(), `samples have shape [${images.shape}]`, `[${shape}]`);
      ensureFinite(images.data, 'the samples');
      const beyond = images.data.find((value) => Math.abs(value) > 1);
      ensure(beyond === undefined, `a sample holds ${beyond}`, 'pixels in [-1, 1]');
    });
    here('moves the players that its losses name', async () => {
      const { losses, checkpoint } = await first();
      const before = await initialWeights(1);
      for (const player of trained(losses)) {
        const moved = Object.entries(before).some(
          ([name, values]) => name.startsWith(`${player}/`) && !equal(checkpoint.tensors[name]!.data, values),
        );
        ensure(moved, `the weights of "${player}" are those that it began with`, 'that its loss moves them');
      }
    });
    here('depends on the seed alone', async () => {
      const { checkpoint, images } = await first();
      const again = await play(1, STEPS);
      ensureSameTensors(again.checkpoint, checkpoint, 'a second run of the same seed');
      ensureSame(again.images.data, images.data, 'samples of a second run of the same seed');
      const [one, two] = [await initialWeights(1), await initialWeights(2)];
      const differs = Object.entries(one).some(([name, values]) => !equal(values, two[name]!));
      ensure(differs, 'another seed gives the same weights', 'that builders take `setting.seed`');
    });
    here('goes on from a saved checkpoint as if it had never stopped', async () => {
      const stopped = await play(1, 1);
      const saved = decodeCheckpoint(encodeCheckpoint(stopped.checkpoint));
      const resumed = await play(1, STEPS, saved);
      ensureSameTensors(resumed.checkpoint, (await first()).checkpoint, 'a resumed run');
    });
    here('samples the same from saved weights', async () => {
      const { checkpoint, images } = await first();
      const world = smallWorld(variant.task, { seed: 7, side });
      const game = variant.create(variant.config.parse(settings), world.setting);
      const given = world.given(SAMPLES);
      try {
        restoreNetworks(game, checkpoint, { averaged: true });
        const drawn = await sample(game, { n: SAMPLES, seed: 1, given });
        ensureSame(drawn.data, images.data, 'samples from the saved weights');
      } finally {
        disposeGiven(given);
        disposeGame(game);
      }
    });
  }
  return checks;
}

function disposeGiven({ labels, sources, embeddings }: ReturnType<SmallWorld['given']>): void {
  tf.dispose([labels, sources, embeddings]);
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
  for (const [key, schema] of Object.entries(config.shape)) {
    const { success } = (schema as z.ZodType).safeParse(undefined);
    ensure(success, `the setting "${key}" has no default`, 'one: a variant works as it is');
    ensure(!!(schema as z.ZodType).description, `the setting "${key}" has no description`, '.describe(…)');
  }
  for (const [preset, { config: values }] of Object.entries(presets)) {
    const { error } = config.safeParse(values);
    ensure(!error, `the preset "${preset}" is refused: ${error?.message}`, 'settings of the variant');
  }
}

/** The players whose losses were reported: `discriminator+recognition/information` names two. */
function trained(losses: Readonly<Record<string, number>>): string[] {
  return [...new Set(Object.keys(losses).flatMap((name) => name.split('/')[0]!.split('+')))];
}

function last<E extends TrainEvent['type']>(events: readonly TrainEvent[], type: E) {
  return events.findLast((event): event is Extract<TrainEvent, { type: E }> => event.type === type)!;
}

function equal(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  return a.length === b.length && Array.from(a).every((value, i) => Object.is(value, b[i]));
}

function ensureSameTensors(actual: Checkpoint, wanted: Checkpoint, what: string): void {
  const names = Object.keys(wanted.tensors);
  ensure(
    Object.keys(actual.tensors).join() === names.join(),
    `${what} saves ${Object.keys(actual.tensors).join(', ')}`,
    names.join(', '),
  );
  for (const name of names)
    ensureSame(actual.tensors[name]!.data, wanted.tensors[name]!.data, `${what}: ${name}`);
}
