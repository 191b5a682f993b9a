import { type Batch, disposeBatch } from '@ganjs/datasets';
import { suggestion } from '@ganjs/errors';
import { applyConstraint, type Constraint, ExponentialMovingAverage } from '@ganjs/layers';
import * as tf from '@tensorflow/tfjs';
import { type Checkpoint, load, read, restoreState, store } from './checkpoint.js';
import { CheckpointError, DivergenceError, GameError } from './errors.js';
import { type Game, numbersOf, trainedPlayers, variablesOf } from './game.js';
import { type Moment, RunLength, type Scheduled, valueAt } from './moment.js';
import { type Network, trainingNetworks } from './networks.js';
import { type Optimizer, type OptimizerRun, resetOptimizer } from './optimizers/optimizer.js';
import { disposeMove, playMove, type ReportedScalar } from './playMove.js';
import { type Position, positionOf } from './position.js';
import { SharedTensors } from './sharedTensors.js';
import { readReport, type StepReport } from './stepReport.js';
import { trainableWeightsOf, weightsOf } from './weights.js';

/** A player that learns: its weights, and what its optimizer and its average remember. */
interface Learner {
  readonly name: string;
  readonly weights: readonly tf.Variable[];
  readonly trainable: readonly tf.Variable[];
  readonly optimizerName: string;
  readonly optimizer: OptimizerRun;
  readonly average: { readonly weights: ExponentialMovingAverage; readonly decay: Scheduled } | undefined;
  readonly constraint: Constraint | undefined;
}

/** How a run is played. */
export interface RunOptions {
  readonly seed: number;
  /** Images a batch. */
  readonly batch: number;
  /** Steps of the run in all, which schedules go by. */
  readonly steps: number;
}

/** The mutable part of a run: where the game stands. {@link train} drives it. */
export class TrainingState<B extends Batch> {
  step = 0;
  #images = 0;
  #length: RunLength;
  #numbers: Readonly<Record<string, number>>;
  readonly #game: Game<string, B>;
  readonly #options: RunOptions;
  readonly #learners: ReadonlyMap<string, Learner>;
  /** The networks as each move sees them. */
  readonly #networks: readonly Readonly<Record<string, Network>>[];
  readonly #shared = new SharedTensors();

  constructor(game: Game<string, B>, options: RunOptions) {
    this.#game = game;
    this.#options = options;
    this.#length = new RunLength(options.steps);
    this.#numbers = numbersOf(game.state);
    this.#networks = game.moves.map((move) => trainingNetworks(game, trainedPlayers(move)));
    this.#learners = new Map(
      Object.entries(game.players).flatMap(([name, { network, optimizer, ema, constraint }]) => {
        if (!optimizer) return [];
        const trainable = trainableWeightsOf(network);
        const learner: Learner = {
          name,
          weights: weightsOf(network),
          trainable,
          optimizerName: optimizer.name,
          optimizer: started(name, optimizer, trainable),
          average:
            ema === undefined
              ? undefined
              : { weights: new ExponentialMovingAverage(network, { decay: 0 }), decay: ema },
          constraint,
        };
        return [[name, learner] as const];
      }),
    );
  }

  /** Trainable scalars by player; 0 of frozen ones. */
  parameters(): Record<string, number> {
    return Object.fromEntries(
      Object.keys(this.#game.players).map((name) => [
        name,
        (this.#learners.get(name)?.trainable ?? []).reduce((sum, w) => sum + w.size, 0),
      ]),
    );
  }

  /** Where the game stands: after the last step, or before the first. */
  position(): Position {
    return positionOf(this.#game, this.#moment(), this.#numbers);
  }

  #moment(): Moment {
    const progress = this.#length.progressAt(this.step);
    return { step: this.step, batch: this.#options.batch, images: this.#images, progress };
  }

  /**
   * Plays one training step: all moves in order, repetition k of each on batch k. Disposes the batches.
   *
   * @returns the mean of each loss term and measure over the repetitions and parts of its move.
   * @throws DivergenceError when a term, a measure or a number of the state is not finite.
   */
  async play(batches: readonly B[]): Promise<StepReport> {
    const moment = this.#moment();
    const { state } = this.position();
    const scalars: ReportedScalar[] = [];
    try {
      for (const name of this.#game.resetOptimizers?.(moment) ?? [])
        resetOptimizer(this.#learner(name).optimizer);
      for (const [i, move] of this.#game.moves.entries()) {
        if (move.when && !move.when(moment)) continue;
        for (let k = 0; k < (move.times ?? 1); k++) {
          const learners = trainedPlayers(move).map((name) => this.#learner(name));
          const played = playMove({
            ...{ move, moment, state, real: batches[k]!, seed: this.#options.seed, path: [this.step, i, k] },
            networks: this.#networks[i]!,
            weights: new Map(learners.map(({ name, trainable }) => [name, trainable])),
            shared: this.#shared,
          });
          scalars.push(...played.scalars);
          try {
            for (const { name, trainable, optimizer, constraint } of learners) {
              optimizer.step(played.gradients.get(name)!, moment);
              if (constraint) applyConstraint(trainable, constraint);
            }
          } finally {
            disposeMove({ scalars: [], gradients: played.gradients });
          }
        }
      }
      for (const { name, average } of this.#learners.values()) {
        average?.weights.update(decayOf(name, average.decay, moment));
      }
      const report = await readReport(scalars, this.step + 1);
      this.#numbers = this.#after(report.measures, moment);
      this.step++;
      this.#images += this.#options.batch;
      return report;
    } finally {
      tf.dispose(scalars.map(({ value }) => value));
      for (const batch of batches) disposeBatch(batch);
      this.#shared.clear();
    }
  }

  #learner(name: string): Learner {
    const learner = this.#learners.get(name);
    if (learner) return learner;
    throw new GameError(
      `@ganjs/trainer: "${name}" is trained or reset, but no player of that name learns.${suggestion(name, [...this.#learners.keys()])}`,
    );
  }

  /** The state's numbers after a step. */
  #after(measures: Readonly<Record<string, number>>, moment: Moment): Readonly<Record<string, number>> {
    const changed = this.#game.afterStep?.(this.#numbers, measures, moment) ?? {};
    for (const [name, value] of Object.entries(changed) as [string, unknown][]) {
      if (!(name in this.#numbers)) {
        throw new GameError(
          `@ganjs/trainer: afterStep returned "${name}", which is no number of the state.${suggestion(name, Object.keys(this.#numbers))}`,
        );
      }
      if (typeof value !== 'number' || !Number.isFinite(value)) {
        throw new DivergenceError(this.step + 1, `the state's number ${name}`, Number(value));
      }
    }
    return { ...this.#numbers, ...changed };
  }

  /** Runs `f` while every player with an average holds it. */
  async withAverages<T>(f: () => Promise<T>): Promise<T> {
    const averages = [...this.#learners.values()].flatMap(({ average }) => average?.weights ?? []);
    for (const average of averages) average.swapIn();
    try {
      return await f();
    } finally {
      // In reverse: players that share layers share their weights.
      for (const average of averages.reverse()) average.swapOut();
    }
  }

  async checkpoint(): Promise<Checkpoint> {
    const tensors: Checkpoint['tensors'][] = [];
    const counts: Record<string, number[]> = {};
    for (const { name, weights, average, optimizer, optimizerName } of this.#learners.values()) {
      tensors.push(await store(`${name}/weights`, weights));
      if (average) tensors.push(await store(`${name}/average`, average.weights.weights));
      for (const [slot, variables] of Object.entries(optimizer.slots)) {
        tensors.push(await store(`${name}/${optimizerName}/${slot}`, variables));
      }
      counts[`${name}/${optimizerName}`] = [...optimizer.counts];
    }
    for (const [name, variable] of Object.entries(variablesOf(this.#game.state))) {
      tensors.push(await store(`state/${name}`, [variable]));
    }
    const { steps, since, done } = this.#length;
    return {
      step: this.step,
      images: this.#images,
      batch: this.#options.batch,
      seed: this.#options.seed,
      length: { steps, since, done },
      counts,
      state: { ...this.#numbers },
      tensors: Object.assign({}, ...tensors),
    };
  }

  /** @throws CheckpointError when the checkpoint belongs to another game or seed. */
  restore(checkpoint: Checkpoint): void {
    const { seed, steps, batch } = this.#options;
    if (checkpoint.seed !== seed) {
      throw new CheckpointError(
        `@ganjs/trainer: the checkpoint is of seed ${checkpoint.seed}, the run has seed ${seed}: use the same`,
      );
    }
    if (checkpoint.batch !== batch) {
      throw new CheckpointError(
        `@ganjs/trainer: the checkpoint is of batches of ${checkpoint.batch}, the run has ${batch}: use the same`,
      );
    }
    for (const { name, weights, average, optimizer, optimizerName } of this.#learners.values()) {
      load(checkpoint, `${name}/weights`, weights);
      if (average) {
        const stored = read(checkpoint, `${name}/average`, average.weights.weights);
        average.weights.restore(stored);
        tf.dispose(stored);
      }
      for (const [slot, variables] of Object.entries(optimizer.slots)) {
        load(checkpoint, `${name}/${optimizerName}/${slot}`, variables);
      }
      restoreCounts(checkpoint, `${name}/${optimizerName}`, optimizer.counts);
    }
    this.#numbers = restoreState(this.#game, checkpoint);
    this.step = checkpoint.step;
    this.#images = checkpoint.images;
    const { steps: before, since, done } = checkpoint.length;
    this.#length = new RunLength(before, since, done).changed(steps, checkpoint.step);
  }

  /** Frees the memory of optimizers and averages; the networks are the game's. */
  dispose(): void {
    this.#shared.clear();
    for (const { optimizer, average } of this.#learners.values()) {
      optimizer.dispose();
      average?.weights.dispose();
    }
  }
}

/** @throws GameError for an optimizer of 0.1, which counted the updates of all weights together. */
function started(player: string, optimizer: Optimizer, trainable: readonly tf.Variable[]): OptimizerRun {
  const run = optimizer.start(trainable);
  if (Array.isArray(run.counts)) return run;
  throw new GameError(
    `@ganjs/trainer: the optimizer "${optimizer.name}" of player "${player}" has no \`counts\`: since 0.2 it counts the ` +
      'updates of each weight, instead of `count` for all; [] where the rule does not count',
  );
}

/** @throws GameError for a decay outside of [0, 1). */
function decayOf(player: string, scheduled: Scheduled, moment: Moment): number {
  const decay = valueAt(scheduled, moment);
  if (decay >= 0 && decay < 1) return decay;
  throw new GameError(
    `@ganjs/trainer: the schedule of ema of player "${player}" gave ${decay} at step ${moment.step}, expected a decay in [0, 1)`,
  );
}

function restoreCounts(checkpoint: Checkpoint, name: string, counts: number[]): void {
  const stored = checkpoint.counts[name] ?? [];
  if (stored.length !== counts.length) {
    throw new CheckpointError(
      `@ganjs/trainer: the checkpoint counts updates of ${stored.length} weights for "${name}", the game has ` +
        `${counts.length}: it belongs to another configuration`,
    );
  }
  for (const [i, count] of stored.entries()) counts[i] = count;
}
