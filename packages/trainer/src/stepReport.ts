import * as tf from '@tensorflow/tfjs';
import { DivergenceError, GameError } from './errors.js';
import type { Report } from './events.js';
import type { ReportedScalar } from './playMove.js';

/** What a step reports. */
export interface StepReport {
  readonly losses: readonly Report[];
  readonly measures: Readonly<Record<string, number>>;
}

/**
 * Reads all scalars of a step at once, and takes the mean over the repetitions and parts of a move.
 *
 * @param step the number of the step, from 1, for the message.
 * @throws DivergenceError when one is not finite; GameError when two moves measure the same.
 */
export async function readReport(scalars: readonly ReportedScalar[], step: number): Promise<StepReport> {
  if (scalars.length === 0) return { losses: [], measures: {} };
  const stacked = tf.tidy(() => tf.stack(scalars.map(({ value }) => tf.cast(value, 'float32'))));
  const values = await stacked.data();
  stacked.dispose();
  const losses = new Means();
  const measures = new Means();
  for (const [i, { move, term, measured }] of scalars.entries()) {
    const value = values[i]!;
    if (!Number.isFinite(value)) {
      throw new DivergenceError(step, `${measured ? 'the measure' : 'the loss'} ${move}/${term}`, value);
    }
    (measured ? measures : losses).add(move, term, value);
  }
  const names = measures.reports().map(({ term }) => term);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) {
    throw new GameError(`@ganjs/trainer: two moves measure "${twice}": give one of them another name`);
  }
  return {
    losses: losses.reports(),
    measures: Object.fromEntries(measures.reports().map(({ term, value }) => [term, value])),
  };
}

/** Means of what has one name, in the order in which the names came. */
class Means {
  readonly #values = new Map<string, { move: string; term: string; all: number[] }>();

  add(move: string, term: string, value: number): void {
    const key = JSON.stringify([move, term]);
    const known = this.#values.get(key);
    if (known) known.all.push(value);
    else this.#values.set(key, { move, term, all: [value] });
  }

  reports(): Report[] {
    return [...this.#values.values()].map(({ move, term, all }) => ({
      move,
      term,
      value: all.reduce((sum, value) => sum + value) / all.length,
    }));
  }
}
