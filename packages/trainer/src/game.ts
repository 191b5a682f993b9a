import type { Batch } from '@ganjs/datasets';
import type { Constraint } from '@ganjs/layers';
import * as tf from '@tensorflow/tfjs';
import type { Draw } from './draw.js';
import { GameError } from './errors.js';
import type { Optimizer } from './optimizers/optimizer.js';

/** A network that takes part in the game, and how it learns. */
export interface Player {
  readonly network: tf.LayersModel;
  readonly optimizer: Optimizer;
  /**
   * Decay of the exponential moving average of the player's weights, in [0, 1). When given, samples are
   * drawn with the averaged weights.
   */
  readonly ema?: number;
  /** Projects the trainable weights after each of the player's updates: `weightClip({ limit: 0.01 })`. */
  readonly constraint?: Constraint;
}

/** Applies a player's network; several inputs become the network's input list. */
export interface Play {
  /** The network's output; the first one where it has several. */
  (...inputs: tf.Tensor[]): tf.Tensor;
  /** All outputs, as of a network that also gives its features. */
  outputs(...inputs: tf.Tensor[]): tf.Tensor[];
}

/** When in a run something happens. */
export interface Moment {
  /** Training steps done before this one. */
  readonly step: number;
  /** The share of the run that is done, in [0, 1): what schedules go by. */
  readonly progress: number;
}

/** What a move sees: one batch of real data and the players. Tensors made inside are disposed by the trainer. */
export interface Round<Name extends string = string, B extends Batch = Batch> extends Moment {
  /** The real batch. */
  readonly real: B;
  /** Number of examples in the real batch. */
  readonly n: number;
  /** The players' networks in training mode. */
  readonly play: Readonly<Record<Name, Play>>;
  /** Random tensors: a pure function of (seed, step, move, repetition). */
  readonly draw: Draw;
  /** Leaves a tensor, as a constant, to the moves after this one in the same step; returns it. */
  keep<T extends tf.Tensor>(name: string, tensor: T): T;
  /**
   * What an earlier move of this step left.
   *
   * @throws GameError when no move left that.
   */
  kept<T extends tf.Tensor>(name: string): T;
}

/** One line of the paper's algorithm box: which players learn, how often a step, from which loss. */
export interface Move<Name extends string = string, B extends Batch = Batch> {
  /** The players whose trainable weights follow the gradient; all others are held fixed. */
  readonly trains: Name | readonly Name[];
  /** Repetitions a step, each on a real batch of its own. Default 1. */
  readonly times?: number;
  /** Whether the move is played now: for a phase of the run, or only every so many steps. Default: always. */
  when?(moment: Moment): boolean;
  /**
   * The terms of the loss by name, each a scalar. The trainer minimises their sum and reports each.
   */
  loss(round: Round<Name, B>): Record<string, tf.Scalar>;
}

/** What a task is given to make images from: a batch without its images (labels, sources, embeddings). */
export type Given<B extends Batch = Batch> = Omit<B, 'images'>;

/** What `sample` sees. */
export interface SampleRound<Name extends string = string, B extends Batch = Batch> {
  /** How many images are asked for. */
  readonly n: number;
  /** The players' networks in inference mode, averaged where the player has an `ema`. */
  readonly play: Readonly<Record<Name, Play>>;
  readonly draw: Draw;
  /** What the images shall be made from, n rows of each. */
  readonly given: Given<B>;
}

/** A picture that explains a game, such as one code of InfoGAN a row. */
export interface Picture<Name extends string = string, B extends Batch = Batch> {
  /** Images in it. */
  readonly n: number;
  /** Images a row. */
  readonly columns: number;
  /** Draws the images, row after row: float32 [n, height, width, channels] in [-1, 1]. Nothing is given. */
  draw(round: SampleRound<Name, B>): tf.Tensor;
}

/** A GAN as a game: players, and the moves that make one training step, in order. */
export interface Game<Name extends string = string, B extends Batch = Batch> {
  readonly players: Readonly<Record<Name, Player>>;
  readonly moves: readonly Move<Name, B>[];
  /** Draws images: float32 [n, height, width, channels] in [-1, 1]. */
  sample(round: SampleRound<Name, B>): tf.Tensor;
  /**
   * What the algorithm carries from step to step besides weights, such as the image pool of CycleGAN. Moves assign
   * to it in their loss; checkpoints hold it.
   */
  readonly state?: Readonly<Record<string, tf.Variable>>;
  /** Categories that the game found by itself, for which `sample` can be asked through `given.labels`. */
  readonly categories?: number;
  /** Further pictures, by name. */
  readonly pictures?: Readonly<Record<string, Picture<Name, B>>>;
}

/**
 * Checks a game against the contract and returns it; the call also lets TypeScript infer the players' names.
 *
 * @throws GameError when there is no move, a move trains nobody or an unknown player, or a number is out of range.
 */
export function defineGame<const Name extends string, B extends Batch = Batch>(game: {
  players: Record<Name, Player>;
  moves: readonly Move<NoInfer<Name>, B>[];
  sample(round: SampleRound<NoInfer<Name>, B>): tf.Tensor;
  state?: Readonly<Record<string, tf.Variable>>;
  categories?: number;
  pictures?: Readonly<Record<string, Picture<NoInfer<Name>, B>>>;
}): Game<Name, B> {
  const names = Object.keys(game.players);
  if (game.moves.length === 0) throw new GameError('@ganjs/trainer: a game needs at least one move');
  for (const [i, move] of game.moves.entries()) {
    const trained = trainedPlayers(move);
    if (trained.length === 0) throw new GameError(`@ganjs/trainer: move ${i} trains nobody: name a player`);
    for (const name of trained) {
      if (!names.includes(name)) {
        throw new GameError(
          `@ganjs/trainer: move ${i} trains "${name}", but the players are ${names.map((n) => `"${n}"`).join(', ')}`,
        );
      }
    }
    if (!Number.isInteger(move.times ?? 1) || (move.times ?? 1) < 1) {
      throw new GameError(`@ganjs/trainer: move ${i} has times ${move.times}, expected a whole number >= 1`);
    }
  }
  for (const name of names) {
    const { ema } = game.players[name as Name];
    if (ema !== undefined && !(ema >= 0 && ema < 1)) {
      throw new GameError(`@ganjs/trainer: player "${name}" has ema ${ema}, expected a decay in [0, 1)`);
    }
  }
  return game;
}

/** The names of the players that a move trains. */
export function trainedPlayers<Name extends string>(move: Pick<Move<Name>, 'trains'>): readonly Name[] {
  return typeof move.trains === 'string' ? [move.trains] : move.trains;
}

/** How many real batches one training step uses: each repetition of a move plays on one of its own. */
export function batchesPerStep(game: Pick<Game, 'moves'>): number {
  return Math.max(...game.moves.map((move) => move.times ?? 1));
}

/** Frees the weights of all networks of a game, and its state. */
export function disposeGame(game: Pick<Game, 'players' | 'state'>): void {
  for (const { network } of Object.values(game.players)) network.dispose();
  tf.dispose({ ...game.state });
}
