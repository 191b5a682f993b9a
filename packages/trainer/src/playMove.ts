import { variableGradients } from '@ganjs/autodiff';
import { type Batch, disposeBatch } from '@ganjs/datasets';
import { stream, withStream } from '@ganjs/random';
import * as tf from '@tensorflow/tfjs';
import { GameError } from './errors.js';
import { type Move, nameOf, type State, type StepContext, type Terms, trainedPlayers } from './game.js';
import type { Moment } from './moment.js';
import type { Network } from './networks.js';
import { type Part, Random } from './random.js';
import { withRenamed } from './renamed.js';
import { rowsOf } from './rows.js';
import type { SharedTensors } from './sharedTensors.js';

/** A scalar that a move reports; whoever takes it disposes it. */
export interface ReportedScalar {
  /** The move, or the player whose loss it is part of. */
  readonly move: string;
  readonly term: string;
  /** Whether it was measured, and not minimised. */
  readonly measured: boolean;
  readonly value: tf.Tensor;
}

/** What one repetition of a move left: scalars, and gradients by player in the order of its trainable weights. */
export interface PlayedMove {
  readonly scalars: readonly ReportedScalar[];
  readonly gradients: ReadonlyMap<string, readonly (tf.Tensor | undefined)[]>;
}

/** Where in a run a move is played, and with what. */
export interface Turn<B extends Batch> {
  readonly move: Move<string, B>;
  readonly real: B;
  readonly seed: number;
  /** Step, move and repetition: what names its random numbers. */
  readonly path: readonly [step: number, move: number, repetition: number];
  readonly moment: Moment;
  readonly state: State;
  readonly networks: Readonly<Record<string, Network>>;
  /** The trainable weights of the players that the move trains. */
  readonly weights: ReadonlyMap<string, readonly tf.Variable[]>;
  readonly shared: SharedTensors;
}

/**
 * Plays one repetition of a move, in as many parts as it says, without updating anything.
 *
 * @returns a scalar for each term, in each part; gradients are the mean over parts.
 */
export function playMove<B extends Batch>(turn: Turn<B>): PlayedMove {
  const { move, real } = turn;
  const count = move.microBatches ?? 1;
  if (count === 1) return playPart(turn, real, undefined);
  const n = real.images.shape[0] / count;
  if (!Number.isInteger(n)) {
    throw new GameError(
      `@ganjs/trainer: the move "${nameOf(move)}" plays its batch in ${count} equal parts, but it has ` +
        `${real.images.shape[0]} examples: choose a batch that divides`,
    );
  }
  const scalars: ReportedScalar[] = [];
  const means = new Map<string, (tf.Tensor | undefined)[]>();
  try {
    for (let index = 0; index < count; index++) {
      const rows = rowsOf(real, index * n, n);
      try {
        const part = playPart(turn, rows, { index, count, n });
        scalars.push(...part.scalars);
        // Added up as they come, so that the gradients of two parts at most are there at a time.
        for (const [name, own] of part.gradients) {
          const sum = means.get(name) ?? [];
          const next = own.map((gradient, i) => plus(sum[i], gradient, 1 / count));
          means.set(name, next);
        }
        disposeMove({ scalars: [], gradients: part.gradients });
      } finally {
        disposeBatch(rows);
      }
    }
  } catch (error) {
    disposeMove({ scalars, gradients: means });
    throw error;
  }
  return { scalars, gradients: means };
}

/** Frees what a move left. */
export function disposeMove({ scalars, gradients }: PlayedMove): void {
  const made = [...gradients.values()].flat().filter((gradient) => gradient !== undefined);
  // Players that share layers have gradients in common.
  tf.dispose([...scalars.map(({ value }) => value), ...new Set(made)]);
}

/** sum + weight · gradient, of which it disposes the sum; whichever is not there counts as 0. */
function plus(
  sum: tf.Tensor | undefined,
  gradient: tf.Tensor | undefined,
  weight: number,
): tf.Tensor | undefined {
  if (!gradient) return sum;
  const result = tf.tidy(() => {
    const weighted = tf.mul(gradient, weight);
    return sum ? tf.add(sum, weighted) : weighted;
  });
  sum?.dispose();
  return result;
}

function playPart<B extends Batch>(turn: Turn<B>, real: B, part: Part | undefined): PlayedMove {
  const { move, seed, path, moment, state, networks, weights, shared } = turn;
  const scalars: ReportedScalar[] = [];
  /** Takes a scalar into the report, where it outlives the move. */
  const report = (of: string, term: string, value: tf.Tensor, measured: boolean): void => {
    if (value.rank !== 0) {
      throw new GameError(
        `@ganjs/trainer: ${measured ? 'the measure' : 'the loss term'} "${term}" of "${of}" has shape [${value.shape}], ` +
          'expected a scalar: reduce it with a mean',
      );
    }
    scalars.push({ move: of, term, measured, value: tf.keep(tf.clone(value)) });
  };
  const context: StepContext<string, B> = withRenamed({
    ...moment,
    real,
    n: real.images.shape[0],
    networks,
    random: new Random(stream(seed, 'noise', ...path), part),
    state,
    share: <T extends tf.Tensor>(name: string, tensor: T) => shared.leave(name, tensor, part),
    shared: <T extends tf.Tensor>(name: string) => shared.take(name, part) as T,
    measure: <T extends tf.Tensor>(name: string, scalar: T) => {
      report(nameOf(move), name, scalar, true);
      return scalar;
    },
  });
  /** The sum of a loss's terms. */
  const total = (of: string, terms: Terms | undefined): tf.Tensor => {
    const values = Object.entries(terms ?? {});
    if (values.length === 0)
      throw new GameError(`@ganjs/trainer: "${of}" got no loss term: return at least one`);
    for (const [term, value] of values) report(of, term, value, false);
    return values.map(([, value]) => value).reduce((sum, value) => tf.add(sum, value));
  };
  const trained = trainedPlayers(move);
  const variablesOf = (names: readonly string[]) => names.flatMap((name) => weights.get(name)!);

  try {
    return withStream(stream(seed, 'layers', ...path, ...(part ? [part.index] : [])), () => {
      if (trained.length === 0) {
        tf.tidy(() => {
          const terms = 'loss' in move ? move.loss(context) : {};
          for (const [term, value] of Object.entries(terms)) report(nameOf(move), term, value, true);
        });
        return { scalars, gradients: new Map() };
      }
      if ('losses' in move) {
        const found = variableGradients(() => {
          const losses = move.losses(context);
          const other = Object.keys(losses).find((name) => !trained.includes(name));
          if (other !== undefined) {
            throw new GameError(
              `@ganjs/trainer: the move "${nameOf(move)}" has a loss for "${other}", but trains ${trained.join(', ')}`,
            );
          }
          return trained.map((name) => ({
            scalar: total(name, losses[name]),
            variables: variablesOf([name]),
          }));
        });
        return { scalars, gradients: new Map(trained.map((name, i) => [name, found[i]!])) };
      }
      const [found] = variableGradients(() => [
        { scalar: total(nameOf(move), move.loss(context)), variables: variablesOf(trained) },
      ]);
      let from = 0;
      const gradients = new Map(
        trained.map((name) => {
          const { length } = weights.get(name)!;
          from += length;
          return [name, found!.slice(from - length, from)];
        }),
      );
      return { scalars, gradients };
    });
  } catch (error) {
    tf.dispose(scalars.map(({ value }) => value));
    throw error;
  }
}
