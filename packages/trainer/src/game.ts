import type { Batch } from '@ganjs/datasets';
import { suggestion } from '@ganjs/errors';
import type { Constraint } from '@ganjs/layers';
import * as tf from '@tensorflow/tfjs';
import { GameError } from './errors.js';
import type { Latents } from './latents.js';
import type { Moment, Scheduled } from './moment.js';
import type { Network } from './networks.js';
import type { Optimizer } from './optimizers/optimizer.js';
import type { Random } from './random.js';
import { weightsOf } from './weights.js';

/** A network that takes part in the game, and how it learns. */
export interface Player {
  readonly network: tf.LayersModel;
  /** None: the network is frozen. It runs in inference mode, and checkpoints leave it out: `create` provides it. */
  readonly optimizer?: Optimizer;
  /**
   * Decay of the moving average of the player's weights, in [0, 1), applied once after each step, however many moves
   * train it. When given, samples are drawn with the averaged weights.
   */
  readonly ema?: Scheduled;
  /** Projects the trainable weights after each of the player's updates: `weightClip({ limit: 0.01 })`. */
  readonly constraint?: Constraint;
}

/** What a game carries from step to step besides weights: plain numbers, and variables where numbers do not do. */
export type State = Readonly<Record<string, number | tf.Variable>>;

/** The state's numbers. */
export type Numbers<S extends State> = { readonly [K in keyof S as S[K] extends number ? K : never]: number };

/** Loss terms by name, each a scalar. */
export type Terms = Readonly<Record<string, tf.Tensor>>;

/** What a move sees: one batch of real data and the players. Tensors made inside are disposed by the trainer. */
export interface StepContext<Name extends string = string, B extends Batch = Batch, S extends State = State>
  extends Moment {
  /** The real batch. */
  readonly real: B;
  /** Number of examples in the real batch. */
  readonly n: number;
  /** The players' networks in training mode. */
  readonly networks: Readonly<Record<Name, Network>>;
  /** Random tensors: a pure function of (seed, step, move, repetition). */
  readonly random: Random;
  /** Numbers as they were when the step began, and the game's variables. */
  readonly state: S;
  /** Leaves a tensor, as a constant, to the moves after this one in the same step; returns it. */
  share<T extends tf.Tensor>(name: string, tensor: T): T;
  /**
   * What an earlier move of this step left.
   *
   * @throws GameError when no move left that, or one that plays its batch in other parts.
   */
  shared<T extends tf.Tensor = tf.Tensor>(name: string): T;
  /**
   * Reports a scalar and hands it to `afterStep`, which gets the mean over a move's repetitions. It is not minimised.
   * Returns it. It is read together with the losses, so it costs no wait.
   */
  measure<T extends tf.Tensor>(name: string, scalar: T): T;
}

interface AnyMove<Name extends string> {
  /** What its terms are reported under. Default: the players it trains, joined by "+". */
  readonly name?: string;
  /** The players that learn; all others are held fixed. Empty: the move only generates or measures. */
  readonly trains: Name | readonly Name[];
  /** Repetitions a step, each on a real batch of its own. Default 1. */
  readonly times?: number;
  /**
   * Gradient accumulation: the batch is played in so many equal parts, and their gradients are averaged. Default 1. It
   * takes less memory; results are those of the whole batch, up to rounding, where the loss is a mean over samples,
   * networks do not mix them (batch norm), and numbers come from `random`: dropout, and what draws from
   * `random.stream`, such as augmentations, draw anew for each part.
   */
  readonly microBatches?: number;
  /** Whether the move is played now: for a phase of the run, or only every so many steps. Default: always. */
  when?(moment: Moment): boolean;
}

/** A move whose players all descend one loss. */
export interface JointMove<Name extends string = string, B extends Batch = Batch, S extends State = State>
  extends AnyMove<Name> {
  /** The terms of the loss. The trainer minimises their sum and reports each. */
  loss(context: StepContext<Name, B, S>): Terms;
}

/** A move whose players learn simultaneously from one forward pass, each from a loss of its own. */
export interface SimultaneousMove<
  Name extends string = string,
  B extends Batch = Batch,
  S extends State = State,
> extends AnyMove<Name> {
  /** For each player the terms of its loss, reported under the player's name. */
  losses(context: StepContext<Name, B, S>): Readonly<Partial<Record<Name, Terms>>>;
}

/** One line of the paper's algorithm box: which players learn, how often a step, from which loss. */
export type Move<Name extends string = string, B extends Batch = Batch, S extends State = State> =
  | JointMove<Name, B, S>
  | SimultaneousMove<Name, B, S>;

/** What a task makes images from: a batch without its images (labels, sources, embeddings). */
export type Condition<B extends Batch = Batch> = Omit<B, 'images'>;

/** What `sample` sees. */
export interface SampleContext<Name extends string = string, B extends Batch = Batch, S extends State = State>
  extends Moment {
  /** How many images are asked for. */
  readonly n: number;
  /** The players' networks in inference mode, averaged where the player has an `ema`. */
  readonly networks: Readonly<Record<Name, Network>>;
  readonly random: Random;
  /** What the images shall be made from, n rows of each. */
  readonly condition: Condition<B>;
  /** As the last step left it; a checkpoint restores it before anything is sampled. */
  readonly state: S;
}

/** A picture that explains a game, such as one code of InfoGAN a row. */
export interface Picture<Name extends string = string, B extends Batch = Batch, S extends State = State> {
  /** Images in it. */
  readonly n: number;
  /** Images a row. */
  readonly columns: number;
  /** Renders the images, row after row: float32 [n, height, width, channels] in [-1, 1]. There is no condition. */
  render(context: SampleContext<Name, B, S>): tf.Tensor;
}

/** How a game is played: everything but its players and its state. */
export interface Rules<Name extends string = string, B extends Batch = Batch, S extends State = State> {
  /** What makes one training step, in order. */
  readonly moves: readonly Move<Name, B, S>[];
  /**
   * The state's numbers after a step, from what its moves measured: BEGAN's k, ADA's p, a running mean. Only what
   * changes. A measure of a move that was not played in the step is absent. Pure.
   */
  afterStep?(
    state: Numbers<S>,
    measured: Readonly<Record<string, number>>,
    moment: Moment,
  ): Partial<Numbers<S>>;
  /** Players whose optimizers forget what they know before this step, as in ProGAN when a level begins. */
  resetOptimizers?(moment: Moment): readonly Name[];
  /**
   * Draws images: float32 [n, height, width, channels] in [-1, 1]. Default: synthesizes sampled latents, without
   * truncation.
   */
  sample?(context: SampleContext<Name, B, S>): tf.Tensor;
  /**
   * The way back of a translation, where the game learns one: float32 images of the wanted domain become images as they
   * might have been given. Evaluations measure by it what a cycle loses.
   */
  reverse?(images: tf.Tensor4D, context: SampleContext<Name, B, S>): tf.Tensor;
  /** The space that images are made from. */
  readonly latents?: Latents<Name, B, S>;
  /** Categories that the game found by itself, for which `sample` can be asked through `condition.labels`. */
  readonly categories?: number;
  /** Further pictures, by name. */
  readonly pictures?: Readonly<Record<string, Picture<Name, B, S>>>;
}

/** A GAN as a game: players, and the moves that make one training step. */
export interface Game<Name extends string = string, B extends Batch = Batch, S extends State = State>
  extends Rules<Name, B, S> {
  readonly players: Readonly<Record<Name, Player>>;
  /**
   * What the algorithm carries from step to step besides weights, such as the image pool of CycleGAN: as it begins. Moves
   * may assign to its variables; its numbers change by `afterStep`. Checkpoints hold it.
   */
  readonly state?: S;
}

/**
 * Checks a game against the contract and returns it; the call also lets TypeScript infer the names of the players and
 * the type of the state.
 *
 * @throws GameError when there is no move, a move trains an unknown or frozen player,
 * two moves have one name, a number is out of range, or there
 * is no way to sample.
 */
export function defineGame<const Name extends string, B extends Batch = Batch, S extends State = State>(
  game: Rules<NoInfer<Name>, B, NoInfer<S>> & {
    readonly players: Readonly<Record<Name, Player>>;
    readonly state?: S;
  },
): Game<Name, B, S> {
  const players: Readonly<Record<string, Player>> = game.players;
  if (game.moves.length === 0) throw new GameError('@ganjs/trainer: a game needs at least one move');
  for (const [i, move] of game.moves.entries()) checkMove(move, i, players);
  // A simultaneous move reports under the names of its players.
  const moveNames = game.moves.flatMap((move) => ('losses' in move ? trainedPlayers(move) : nameOf(move)));
  const twice = moveNames.find((name, i) => moveNames.indexOf(name) < i);
  if (twice !== undefined) {
    throw new GameError(
      `@ganjs/trainer: two moves are reported as "${twice}": give one a \`name\` of its own`,
    );
  }
  for (const [name, { ema, optimizer }] of Object.entries(players)) {
    if (ema !== undefined && !optimizer) {
      throw new GameError(
        `@ganjs/trainer: player "${name}" has ema, but is frozen: there is nothing to average`,
      );
    }
    if (typeof ema === 'number' && !(ema >= 0 && ema < 1)) {
      throw new GameError(`@ganjs/trainer: player "${name}" has ema ${ema}, expected a decay in [0, 1)`);
    }
  }
  for (const [name, value] of Object.entries(numbersOf(game.state))) {
    if (!Number.isFinite(value)) {
      throw new GameError(
        `@ganjs/trainer: the state's number "${name}" begins as ${value}, expected a finite one`,
      );
    }
  }
  for (const [name, picture] of Object.entries<Picture>(game.pictures ?? {})) {
    if (typeof picture.render !== 'function') {
      throw new GameError(
        `@ganjs/trainer: the picture "${name}" has no \`render\`, which 0.1 called \`draw\``,
      );
    }
  }
  if (!game.sample && !game.latents) {
    throw new GameError('@ganjs/trainer: a game needs `latents`, or `sample`, to make images');
  }
  return game;
}

/** @throws GameError for a move that no training step could play. */
function checkMove(move: Move, i: number, players: Readonly<Record<string, Player>>): void {
  const trained = trainedPlayers(move);
  for (const name of trained) {
    const player = players[name];
    if (!player) {
      throw new GameError(
        `@ganjs/trainer: move ${i} trains "${name}", but no player is called so.${suggestion(name, Object.keys(players))}`,
      );
    }
    if (!player.optimizer) {
      throw new GameError(
        `@ganjs/trainer: move ${i} trains "${name}", which is frozen: give the player an optimizer`,
      );
    }
  }
  if (trained.length === 0 && move.name === undefined) {
    throw new GameError(
      `@ganjs/trainer: move ${i} trains nobody: name a player, or give the move a \`name\` if it shall only generate or measure`,
    );
  }
  if (trained.length === 0 && 'losses' in move) {
    throw new GameError(`@ganjs/trainer: move ${i} has \`losses\`, but trains nobody: name the players`);
  }
  for (const key of ['times', 'microBatches'] as const) {
    const count = move[key] ?? 1;
    if (!Number.isInteger(count) || count < 1) {
      throw new GameError(`@ganjs/trainer: move ${i} has ${key} ${count}, expected a whole number >= 1`);
    }
  }
}

/** The names of the players that a move trains. */
export function trainedPlayers<Name extends string>(move: {
  trains: Name | readonly Name[];
}): readonly Name[] {
  return typeof move.trains === 'string' ? [move.trains] : move.trains;
}

/** What a move's terms are reported under. */
export function nameOf(move: Pick<Move, 'name' | 'trains'>): string {
  return move.name ?? trainedPlayers(move).join('+');
}

/** How many real batches one training step uses: each repetition of a move plays on one of its own. */
export function batchesPerStep(game: Pick<Game, 'moves'>): number {
  return Math.max(...game.moves.map((move) => move.times ?? 1));
}

/** Frees the weights of all networks of a game, whose layers players may share, and the variables of its state. */
export function disposeGame(game: Pick<Game, 'players' | 'state'>): void {
  const weights = Object.values(game.players).flatMap(({ network }) => weightsOf(network));
  tf.dispose([...new Set(weights), ...Object.values(variablesOf(game.state))]);
}

/** The variables of a game's state, by name. */
export function variablesOf(state: State = {}): Record<string, tf.Variable> {
  return Object.fromEntries(
    Object.entries(state).filter((entry): entry is [string, tf.Variable] => typeof entry[1] !== 'number'),
  );
}

/** The numbers of a game's state, by name. */
export function numbersOf(state: State = {}): Record<string, number> {
  return Object.fromEntries(
    Object.entries(state).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  );
}
