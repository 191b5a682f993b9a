import { type Batch, disposeBatch } from '@ganjs/datasets';
import { applyConstraint, type Constraint, ExponentialMovingAverage } from '@ganjs/layers';
import { stream, withStream } from '@ganjs/random';
import * as tf from '@tensorflow/tfjs';
import { type Checkpoint, load, read, store } from './checkpoint.js';
import { Draw } from './draw.js';
import { CheckpointError, DivergenceError, GameError } from './errors.js';
import { type Game, type Moment, type Move, trainedPlayers } from './game.js';
import type { OptimizerRun } from './optimizers/optimizer.js';
import { plays } from './sample.js';
import { trainableWeightsOf, weightsOf } from './weights.js';

/** A player at work: its weights, and what its optimizer and its average remember. */
interface ActivePlayer {
  readonly name: string;
  readonly weights: readonly tf.Variable[];
  readonly trainable: readonly tf.Variable[];
  readonly optimizerName: string;
  readonly optimizer: OptimizerRun;
  readonly average: Average | undefined;
  readonly constraint: Constraint | undefined;
}

/** The moving average of a player's weights; `decay` is what it rises to. */
interface Average {
  readonly weights: ExponentialMovingAverage;
  readonly decay: number;
}

/** The mutable part of a run: where the game stands. {@link train} drives it. */
export class TrainingState<B extends Batch> {
  step = 0;
  readonly #game: Game<string, B>;
  readonly #seed: number;
  readonly #steps: number;
  readonly #players: readonly ActivePlayer[];
  readonly #play: ReturnType<typeof plays>;
  /** What the moves of the step at hand left to each other. */
  readonly #kept = new Map<string, tf.Tensor>();

  /** @param steps - the length of the run, which schedules go by. */
  constructor(game: Game<string, B>, seed: number, steps: number) {
    this.#game = game;
    this.#seed = seed;
    this.#steps = steps;
    this.#play = plays(game, { training: true });
    this.#players = Object.entries(game.players).map(([name, player]) => {
      const { network, optimizer, ema, constraint } = player;
      const trainable = trainableWeightsOf(network);
      return {
        name,
        weights: weightsOf(network),
        trainable,
        optimizerName: optimizer.name,
        optimizer: optimizer.start(trainable),
        average:
          ema === undefined
            ? undefined
            : { weights: new ExponentialMovingAverage(network, { decay: ema }), decay: ema },
        constraint,
      };
    });
  }

  /** Trainable scalars by player. */
  parameters(): Record<string, number> {
    return Object.fromEntries(
      this.#players.map(({ name, trainable }) => [name, trainable.reduce((sum, w) => sum + w.size, 0)]),
    );
  }

  /**
   * Plays one training step: all moves in order, repetition k of each on batch k. Disposes the batches.
   *
   * @returns the mean of each loss term over the repetitions of its move.
   * @throws DivergenceError when a term is not finite.
   */
  async play(batches: readonly B[]): Promise<Record<string, number>> {
    const terms: { name: string; value: tf.Scalar; share: number }[] = [];
    const moment = { step: this.step, progress: this.step / this.#steps };
    try {
      for (const [i, move] of this.#game.moves.entries()) {
        if (move.when && !move.when(moment)) continue;
        const times = move.times ?? 1;
        for (let k = 0; k < times; k++) {
          for (const [name, value] of Object.entries(this.#playMove(move, [i, k], batches[k]!, moment))) {
            terms.push({ name: `${trainedPlayers(move).join('+')}/${name}`, value, share: 1 / times });
          }
        }
      }
    } catch (error) {
      tf.dispose(terms.map(({ value }) => value));
      throw error;
    } finally {
      for (const batch of batches) disposeBatch(batch);
      this.#forgetKept();
    }
    this.step++;
    if (terms.length === 0) return {};

    const stacked = tf.stack(terms.map(({ value }) => value));
    const values = await stacked.data();
    tf.dispose([stacked, ...terms.map(({ value }) => value)]);
    const losses: Record<string, number> = {};
    for (const [i, { name, share }] of terms.entries()) {
      const value = values[i]!;
      if (!Number.isFinite(value)) throw new DivergenceError(this.step, name, value);
      losses[name] = (losses[name] ?? 0) + value * share;
    }
    return losses;
  }

  /** Plays one repetition of one move and updates its players. The returned terms are the caller's to dispose. */
  #playMove(
    move: Move<string, B>,
    place: readonly [move: number, repetition: number],
    real: B,
    moment: Moment,
  ): Record<string, tf.Scalar> {
    const path = [this.step, ...place];
    const trained = this.#players.filter(({ name }) => trainedPlayers(move).includes(name));
    let terms: Record<string, tf.Scalar> = {};
    const { value, grads } = withStream(stream(this.#seed, 'layers', ...path), () =>
      tf.variableGrads(
        () => {
          terms = move.loss({
            real,
            n: real.images.shape[0],
            play: this.#play,
            draw: new Draw(stream(this.#seed, 'noise', ...path)),
            keep: (name, tensor) => this.#keep(name, tensor),
            kept: <T extends tf.Tensor>(name: string) => this.#recall(name) as T,
            ...moment,
          });
          return sumOf(terms);
        },
        trained.flatMap(({ trainable }) => trainable),
      ),
    );
    for (const { trainable, optimizer, average, constraint } of trained) {
      optimizer.step(
        trainable.map((w) => grads[w.name]),
        moment.progress,
      );
      if (constraint) applyConstraint(trainable, constraint);
      // Rises to the full decay, so that the first weights are soon forgotten.
      average?.weights.update(Math.min(average.decay, (1 + optimizer.count) / (10 + optimizer.count)));
    }
    tf.dispose(grads);
    if (!Object.values(terms).includes(value)) value.dispose();
    return terms;
  }

  #keep<T extends tf.Tensor>(name: string, tensor: T): T {
    this.#kept.get(name)?.dispose();
    this.#kept.set(name, tf.keep(tf.clone(tensor)));
    return tensor;
  }

  #recall(name: string): tf.Tensor {
    const tensor = this.#kept.get(name);
    if (tensor) return tensor;
    const names = [...this.#kept.keys()].map((n) => `"${n}"`).join(', ') || 'nothing';
    throw new GameError(`@ganjs/trainer: no earlier move of this step kept "${name}"; kept: ${names}`);
  }

  #forgetKept(): void {
    for (const tensor of this.#kept.values()) tensor.dispose();
    this.#kept.clear();
  }

  /** Runs `f` while every player with an average holds it. */
  async withAverages<T>(f: () => Promise<T>): Promise<T> {
    const averages = this.#players.flatMap(({ average }) => average?.weights ?? []);
    for (const average of averages) average.swapIn();
    try {
      return await f();
    } finally {
      for (const average of averages) average.swapOut();
    }
  }

  async checkpoint(): Promise<Checkpoint> {
    const tensors: Checkpoint['tensors'][] = [];
    const counters: Record<string, number> = {};
    for (const { name, weights, average, optimizer, optimizerName } of this.#players) {
      tensors.push(await store(`${name}/weights`, weights));
      if (average) tensors.push(await store(`${name}/average`, average.weights.weights));
      for (const [slot, variables] of Object.entries(optimizer.slots)) {
        tensors.push(await store(`${name}/${optimizerName}/${slot}`, variables));
      }
      counters[`${name}/${optimizerName}`] = optimizer.count;
    }
    for (const [name, variable] of Object.entries(this.#game.state ?? {})) {
      tensors.push(await store(`state/${name}`, [variable]));
    }
    return { step: this.step, seed: this.#seed, counters, tensors: Object.assign({}, ...tensors) };
  }

  /** @throws CheckpointError when the checkpoint belongs to another game or seed. */
  restore(checkpoint: Checkpoint): void {
    if (checkpoint.seed !== this.#seed) {
      throw new CheckpointError(
        `@ganjs/trainer: the checkpoint is of seed ${checkpoint.seed}, the run has seed ${this.#seed}: use the same`,
      );
    }
    for (const { name, weights, average, optimizer, optimizerName } of this.#players) {
      load(checkpoint, `${name}/weights`, weights);
      if (average) {
        const stored = read(checkpoint, `${name}/average`, average.weights.weights);
        average.weights.restore(stored);
        tf.dispose(stored);
      }
      for (const [slot, variables] of Object.entries(optimizer.slots)) {
        load(checkpoint, `${name}/${optimizerName}/${slot}`, variables);
      }
      optimizer.count = checkpoint.counters[`${name}/${optimizerName}`] ?? 0;
    }
    for (const [name, variable] of Object.entries(this.#game.state ?? {})) {
      load(checkpoint, `state/${name}`, [variable]);
    }
    this.step = checkpoint.step;
  }

  /** Frees the memory of optimizers and averages; the networks are the game's. */
  dispose(): void {
    this.#forgetKept();
    for (const { optimizer, average } of this.#players) {
      optimizer.dispose();
      average?.weights.dispose();
    }
  }
}

/** The sum of a move's terms, each kept for the report. */
function sumOf(terms: Record<string, tf.Scalar>): tf.Scalar {
  const values = Object.entries(terms).map(([name, value]) => {
    if (value.rank !== 0) {
      throw new GameError(
        `@ganjs/trainer: the loss term "${name}" has shape [${value.shape}], expected a scalar: reduce it with a mean`,
      );
    }
    return tf.keep(value);
  });
  if (values.length === 0) throw new GameError('@ganjs/trainer: a move returned no loss term');
  return values.reduce((sum, value) => sum.add(value));
}
