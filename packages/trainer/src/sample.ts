import type { Batch } from '@ganjs/datasets';
import { type Stream, stream, withStream } from '@ganjs/random';
import * as tf from '@tensorflow/tfjs';
import { Draw } from './draw.js';
import { GameError } from './errors.js';
import type { Images } from './events.js';
import type { Game, Given, Play, SampleRound } from './game.js';

export interface SampleOptions<B extends Batch = Batch> {
  /** How many images. */
  readonly n: number;
  /** The same seed gives the same images. */
  readonly seed: number;
  /**
   * What the images are made from, where the game's task needs it: n rows of labels, sources or embeddings. The
   * caller disposes it.
   */
  readonly given?: Given<B>;
}

/** Images made at a time: bounds the memory that many samples take. */
const CHUNK = 100;

/**
 * Draws images with the weights that the game's networks hold. The noise of image i does not depend on n,
 * up to whole chunks of 100.
 *
 * @returns float32 in [-1, 1], shape [n, height, width, channels].
 */
export async function sample<B extends Batch>(
  game: Game<string, B>,
  { n, seed, given }: SampleOptions<B>,
): Promise<Images> {
  const chunks: Images[] = [];
  for (let from = 0; from < n; from += CHUNK) {
    const count = Math.min(CHUNK, n - from);
    chunks.push(
      await draw(game, stream(seed, 'sample', from), (round) =>
        game.sample({ ...round, n: count, given: rowsOf<B>(given, from, count) }),
      ),
    );
  }
  const [, height, width, channels] = chunks[0]!.shape;
  const data = new Float32Array(n * height * width * channels);
  let offset = 0;
  for (const chunk of chunks) {
    data.set(chunk.data, offset);
    offset += chunk.data.length;
  }
  return { data, shape: [n, height, width, channels] };
}

/**
 * Draws one of the game's further pictures.
 *
 * @returns its images, row after row, and how many make a row.
 * @throws GameError when the game has no picture of that name.
 */
export async function drawPicture<B extends Batch>(
  game: Game<string, B>,
  name: string,
  { seed }: { readonly seed: number },
): Promise<{ readonly images: Images; readonly columns: number }> {
  const picture = game.pictures?.[name];
  if (!picture) {
    const names = Object.keys(game.pictures ?? {}).join(', ') || 'none';
    throw new GameError(`@ganjs/trainer: the game has no picture "${name}"; it has ${names}`);
  }
  const { n, columns } = picture;
  const images = await draw(game, stream(seed, 'picture', name), (round) =>
    picture.draw({ ...round, n, given: rowsOf<B>(undefined, 0, n) }),
  );
  return { images, columns };
}

/** Lets the players' networks, in inference mode, make images with the random numbers of one stream. */
async function draw<B extends Batch>(
  game: Game<string, B>,
  random: Stream,
  make: (round: Pick<SampleRound<string, B>, 'play' | 'draw'>) => tf.Tensor,
): Promise<Images> {
  const images = withStream(random.fold('layers'), () =>
    tf.tidy(() => make({ play: plays(game, { training: false }), draw: new Draw(random) })),
  );
  const { shape } = images;
  const data = (await images.data<'float32'>()).slice();
  images.dispose();
  if (shape.length !== 4) {
    throw new GameError(
      `@ganjs/trainer: the game sampled shape [${shape}], expected [n, height, width, channels]`,
    );
  }
  return { data, shape: shape as [number, number, number, number] };
}

/** Some rows of each thing given. */
function rowsOf<B extends Batch>(given: Given<B> | undefined, from: number, count: number): Given<B> {
  const rows = Object.entries(given ?? {}).map(([name, value]) => [
    name,
    value instanceof tf.Tensor
      ? tf.slice(value, from, count)
      : (value as readonly unknown[]).slice(from, from + count),
  ]);
  return Object.fromEntries(rows) as Given<B>;
}

/** The players' networks as functions. */
export function plays(game: Pick<Game, 'players'>, options: { training: boolean }): Record<string, Play> {
  const play = (name: string, network: tf.LayersModel): Play => {
    const outputs = (...inputs: (tf.Tensor | undefined)[]) => {
      const missing = inputs.indexOf(undefined);
      if (missing >= 0) {
        throw new GameError(
          `@ganjs/trainer: the player "${name}" got nothing for its input ${missing} (${network.inputNames[missing]}): ` +
            "give what the game's task needs, such as labels, sources or embeddings, as `given`",
        );
      }
      const result = network.apply(inputs.length === 1 ? inputs[0]! : (inputs as tf.Tensor[]), options);
      return Array.isArray(result) ? (result as tf.Tensor[]) : [result as tf.Tensor];
    };
    return Object.assign((...inputs: tf.Tensor[]) => outputs(...inputs)[0]!, { outputs });
  };
  return Object.fromEntries(
    Object.entries(game.players).map(([name, { network }]) => [name, play(name, network)]),
  );
}
