import { checkPositive, OptionError } from '@ganjs/errors';
import * as tf from '@tensorflow/tfjs';
import { type Moment, type Scheduled, valueAt } from '../moment.js';

/** A rule that turns gradients into weight updates, as a value: `adam({ learningRate: 2e-4, beta1: 0.5 })`. */
export interface Optimizer {
  readonly name: string;
  /** Gives the rule its memory for one list of variables. */
  start(variables: readonly tf.Variable[]): OptimizerRun;
}

/** An optimizer at work on one list of variables. */
export interface OptimizerRun {
  /**
   * Updates the variables; one without a gradient is left as it is, and so is what the rule remembers of it.
   *
   * @param gradients in the variables' order, `undefined` where a variable got none.
   * @param moment what schedules go by.
   */
  step(gradients: readonly (tf.Tensor | undefined)[], moment: Moment): void;
  /** Updates made so far, one number a variable; empty where the rule does not count. */
  readonly counts: number[];
  /** The rule's memory by name, one tensor a variable; checkpoints hold it. */
  readonly slots: Readonly<Record<string, readonly tf.Variable[]>>;
  dispose(): void;
}

/** One zero tensor a variable, for an optimizer to remember things in. */
export function zeroSlot(variables: readonly tf.Variable[]): tf.Variable[] {
  return variables.map((v) => tf.tidy(() => tf.variable(tf.zeros(v.shape), false)));
}

/** Lets an optimizer forget everything it remembers. */
export function resetOptimizer({ counts, slots }: OptimizerRun): void {
  counts.fill(0);
  for (const variable of Object.values(slots).flat()) assign(variable, () => tf.zerosLike(variable));
}

/** Sets a variable to a tensor computed by `f`, disposing what else `f` made. */
export function assign(variable: tf.Variable, f: () => tf.Tensor): void {
  const value = tf.tidy(f);
  variable.assign(value);
  value.dispose();
}

/** @throws OptionError for a constant that is not positive. */
export function checkRate(optimizer: string, learningRate: Scheduled): void {
  if (typeof learningRate === 'number') checkPositive(optimizer, 'learningRate', learningRate);
}

/**
 * The learning rate at a moment.
 *
 * @throws OptionError when a schedule gives something else than a number >= 0.
 */
export function rateAt(optimizer: string, learningRate: Scheduled, moment: Moment): number {
  const rate = valueAt(learningRate, moment);
  if (rate >= 0 && rate < Number.POSITIVE_INFINITY) return rate;
  throw new OptionError(
    optimizer,
    `${rate} from the schedule of learningRate at step ${moment.step}`,
    'a number >= 0',
    'A schedule gets a moment: `({ step, batch, images, progress }) => …`.',
  );
}
