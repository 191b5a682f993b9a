import type { Batch } from '@ganjs/datasets';
import type * as tf from '@tensorflow/tfjs';
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
}

/** Applies a player's network; several inputs become the network's input list. */
export type Play = (...inputs: tf.Tensor[]) => tf.Tensor;

/** What a move sees: one batch of real data and the players. Tensors made inside are disposed by the trainer. */
export interface Round<Name extends string = string, B extends Batch = Batch> {
  /** The real batch. */
  readonly real: B;
  /** Number of examples in the real batch. */
  readonly n: number;
  /** The players' networks in training mode. */
  readonly play: Readonly<Record<Name, Play>>;
  /** Random tensors: a pure function of (seed, step, move, repetition). */
  readonly draw: Draw;
  /** Training steps done before this one. */
  readonly step: number;
}

/** One line of the paper's algorithm box: which players learn, how often a step, from which loss. */
export interface Move<Name extends string = string, B extends Batch = Batch> {
  /** The players whose trainable weights follow the gradient; all others are held fixed. */
  readonly trains: Name | readonly Name[];
  /** Repetitions a step, each on a real batch of its own. Default 1. */
  readonly times?: number;
  /**
   * The terms of the loss by name, each a scalar. The trainer minimises their sum and reports each.
   */
  loss(round: Round<Name, B>): Record<string, tf.Scalar>;
}

/** What `sample` sees. */
export interface SampleRound<Name extends string = string> {
  /** How many images are asked for. */
  readonly n: number;
  /** The players' networks in inference mode, averaged where the player has an `ema`. */
  readonly play: Readonly<Record<Name, Play>>;
  readonly draw: Draw;
  /** int32 [n]: the classes asked for. Only class-conditional games may read it. */
  readonly labels: tf.Tensor1D;
}

/** A GAN as a game: players, and the moves that make one training step, in order. */
export interface Game<Name extends string = string, B extends Batch = Batch> {
  readonly players: Readonly<Record<Name, Player>>;
  readonly moves: readonly Move<Name, B>[];
  /** Draws images: float32 [n, height, width, channels] in [-1, 1]. */
  sample(round: SampleRound<Name>): tf.Tensor;
}

/**
 * Checks a game against the contract and returns it; the call also lets TypeScript infer the players' names.
 *
 * @throws GameError when there is no move, a move trains nobody or an unknown player, or a number is out of range.
 */
export function defineGame<const Name extends string, B extends Batch = Batch>(game: {
  players: Record<Name, Player>;
  moves: readonly Move<NoInfer<Name>, B>[];
  sample(round: SampleRound<NoInfer<Name>>): tf.Tensor;
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

/** Frees the weights of all networks of a game. */
export function disposeGame(game: Game): void {
  for (const { network } of Object.values(game.players)) network.dispose();
}
