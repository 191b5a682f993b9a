import type { Batch } from '@ganjs/datasets';
import { checkPositive, checkWhole, suggestion } from '@ganjs/errors';
import { type Stream, stream, withStream } from '@ganjs/random';
import * as tf from '@tensorflow/tfjs';
import { Breath } from './breathe.js';
import { GameError } from './errors.js';
import type { Images } from './events.js';
import type { Condition, Game, SampleContext } from './game.js';
import { checkLatents, type Latents } from './latents.js';
import { inferenceNetworks } from './networks.js';
import { type Position, startOf } from './position.js';
import { Random } from './random.js';
import { refuseRenamed, withRenamed } from './renamed.js';
import { rowsOf } from './rows.js';

/** How many images to draw, from what. */
export interface SampleOptions<B extends Batch = Batch> {
  /** How many images. */
  readonly n: number;
  /** The same seed gives the same images. */
  readonly seed: number;
  /** Where the game stands, as `restoreGame` returns it. Default: before its first step. */
  readonly position?: Position;
  /**
   * What the images are made from, where the game's task needs it: n rows of labels, sources or embeddings. The
   * caller disposes it.
   */
  readonly condition?: Condition<B>;
}

/** How many latents to draw, and how near to their mean. */
export interface LatentOptions<B extends Batch = Batch> extends SampleOptions<B> {
  /** In (0, 1]: below 1, latents are drawn nearer to their mean. Default 1. */
  readonly truncation?: number;
}

/** Latents as plain data: float32 of shape [n, ...latents.shape]. */
export interface LatentVectors {
  readonly data: Float32Array;
  readonly shape: readonly number[];
}

/** Images made at a time: bounds the memory that many samples take. */
const CHUNK = 100;

/**
 * Draws images with the weights that the game's networks hold. The noise of image i does not depend on n,
 * up to whole chunks of 100.
 *
 * @returns float32 in [-1, 1], shape [n, height, width, channels].
 * @throws GameError when the game does not make images of that shape.
 */
export function sample<B extends Batch>(game: Game<string, B>, options: SampleOptions<B>): Promise<Images> {
  return images(game, options, (context) =>
    game.sample
      ? game.sample(context)
      : synthesized(context, latentsOf(game).sample({ ...context, truncation: 1 }), game),
  );
}

/**
 * Draws what images are made from. `synthesize` makes of it the images that `sample` draws with the same seed, when
 * truncation is 1 and the game samples by its latents.
 *
 * @returns float32, shape [n, ...latents.shape].
 * @throws GameError when the game has no latents, or cannot truncate; OptionError for a truncation outside (0, 1].
 */
export async function sampleLatents<B extends Batch>(
  game: Game<string, B>,
  { truncation = 1, ...options }: LatentOptions<B>,
): Promise<LatentVectors> {
  const own = latentsOf(game);
  checkPositive('sampleLatents', 'truncation', truncation, 1);
  const data = await inChunks(game, options, (context) => {
    const latents = own.sample({ ...context, truncation });
    checkLatents(latents, context.n, own.shape);
    return latents;
  });
  return { data: data.values, shape: [options.n, ...own.shape] };
}

/**
 * Makes images of latents.
 *
 * @param latents float32 [n, ...latents.shape]: drawn by `sampleLatents`, or on the way between some.
 * @returns float32 in [-1, 1], shape [n, height, width, channels].
 * @throws GameError when the game has no latents, or these have another shape.
 */
export function synthesize<B extends Batch>(
  game: Game<string, B>,
  latents: LatentVectors,
  options: Omit<SampleOptions<B>, 'n'>,
): Promise<Images> {
  const { shape } = latentsOf(game);
  const [n = 0] = latents.shape;
  const size = tf.util.sizeFromShape([...shape]);
  return images(game, { ...options, n }, (context, from) => {
    const rows = tf.tensor(latents.data.subarray(from * size, (from + context.n) * size), [
      context.n,
      ...latents.shape.slice(1),
    ]);
    checkLatents(rows, context.n, shape);
    return synthesized(context, rows, game);
  });
}

/**
 * What a game makes images with, for whoever asks its latents by hand: projection and path lengths differentiate
 * `game.latents.synthesize(latents, sampleContext(game, …))`. Use it inside of `tf.tidy`.
 */
export function sampleContext<B extends Batch>(
  game: Game<string, B>,
  { n, seed, condition, position = startOf(game) }: SampleOptions<B>,
): SampleContext<string, B> {
  return contextOf(game, position, stream(seed, 'sample', 0), n, condition ?? ({} as Condition<B>));
}

/**
 * Renders one of the game's further pictures.
 *
 * @returns its images, row after row, and how many make a row.
 * @throws GameError when the game has no picture of that name.
 */
export async function renderPicture<B extends Batch>(
  game: Game<string, B>,
  name: string,
  { seed, position }: Pick<SampleOptions, 'seed' | 'position'>,
): Promise<{ readonly images: Images; readonly columns: number }> {
  const picture = game.pictures?.[name];
  if (!picture) {
    const names = Object.keys(game.pictures ?? {});
    const choice = names.length > 0 ? suggestion(name, names) : ' It has none.';
    throw new GameError(`@ganjs/trainer: the game has no picture "${name}".${choice}`);
  }
  const { n, columns } = picture;
  const rendered = await drawn(
    game,
    { n, seed, ...(position && { position }) },
    stream(seed, 'picture', name),
    [0, n],
    (context) => picture.render(context),
  );
  return { images: { data: rendered.values, shape: imageShape(rendered.shape) }, columns };
}

function latentsOf<B extends Batch>(game: Game<string, B>): Latents<string, B> {
  if (game.latents) return game.latents;
  throw new GameError(
    '@ganjs/trainer: the game has no latents: its images are made from what it is given, so there is nothing to truncate, save or interpolate',
  );
}

/** Images of latents; what else is random comes from a stream of its own, whether the latents were drawn or given. */
function synthesized<B extends Batch>(
  context: SampleContext<string, B>,
  latents: tf.Tensor,
  game: Game<string, B>,
): tf.Tensor {
  return latentsOf(game).synthesize(latents, {
    ...context,
    random: new Random(context.random.stream.fold('synthesis')),
  });
}

async function images<B extends Batch>(
  game: Game<string, B>,
  options: SampleOptions<B>,
  make: (context: SampleContext<string, B>, from: number) => tf.Tensor,
): Promise<Images> {
  const { values, shape } = await inChunks(game, options, make);
  const [, height, width, channels] = imageShape(shape);
  return { data: values, shape: [options.n, height, width, channels] };
}

/** Makes n rows, some at a time. */
async function inChunks<B extends Batch>(
  game: Game<string, B>,
  options: SampleOptions<B>,
  make: (context: SampleContext<string, B>, from: number) => tf.Tensor,
): Promise<Drawn> {
  refuseRenamed(options);
  const { n, seed } = options;
  checkWhole('sample', 'n', n, 1);
  const breath = new Breath();
  let values: Float32Array | undefined;
  let shape: readonly number[] = [];
  for (let from = 0; from < n; from += CHUNK) {
    const count = Math.min(CHUNK, n - from);
    const numbers = stream(seed, 'sample', from);
    const chunk = await drawn(game, options, numbers, [from, count], (context) => make(context, from));
    shape = chunk.shape;
    const size = chunk.values.length / count;
    values ??= new Float32Array(n * size);
    values.set(chunk.values, from * size);
    await breath.take();
  }
  return { values: values ?? new Float32Array(0), shape };
}

/** A tensor, copied out of the backend. */
interface Drawn {
  readonly values: Float32Array;
  readonly shape: readonly number[];
}

/** Lets a game make something for some rows of the condition, with the random numbers of one stream. */
async function drawn<B extends Batch>(
  game: Game<string, B>,
  { condition, position = startOf(game) }: SampleOptions<B>,
  numbers: Stream,
  [from, n]: readonly [from: number, count: number],
  make: (context: SampleContext<string, B>) => tf.Tensor,
): Promise<Drawn> {
  const tensor = withStream(numbers.fold('layers'), () =>
    tf.tidy(() =>
      make(contextOf(game, position, numbers, n, rowsOf((condition ?? {}) as Condition<B>, from, n))),
    ),
  );
  const values = (await tensor.data<'float32'>()).slice();
  tensor.dispose();
  return { values, shape: tensor.shape };
}

function contextOf<B extends Batch>(
  game: Game<string, B>,
  position: Position,
  numbers: Stream,
  n: number,
  condition: Condition<B>,
): SampleContext<string, B> {
  return withRenamed({
    ...position,
    n,
    networks: inferenceNetworks(game),
    random: new Random(numbers),
    condition,
  });
}

function imageShape(shape: readonly number[]): Images['shape'] {
  if (shape.length === 4) return shape as unknown as Images['shape'];
  throw new GameError(
    `@ganjs/trainer: the game sampled shape [${shape}], expected [n, height, width, channels]`,
  );
}
