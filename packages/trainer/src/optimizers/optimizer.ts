import * as tf from '@tensorflow/tfjs';

/** A rule that turns gradients into weight updates, as a value: `adam({ learningRate: 2e-4, beta1: 0.5 })`. */
export interface Optimizer {
  readonly name: string;
  /** Gives the rule its memory for one list of variables. */
  start(variables: readonly tf.Variable[]): OptimizerRun;
}

/** An optimizer at work on one list of variables. */
export interface OptimizerRun {
  /**
   * Updates the variables.
   *
   * @param gradients - in the variables' order, `undefined` where a variable got none.
   * @param progress - the share of the run that is done, in [0, 1): what schedules go by.
   */
  step(gradients: readonly (tf.Tensor | undefined)[], progress: number): void;
  /** Updates made so far. */
  count: number;
  /** The rule's memory by name, one tensor a variable; checkpoints hold it. */
  readonly slots: Readonly<Record<string, readonly tf.Variable[]>>;
  dispose(): void;
}

/** One zero tensor a variable, for an optimizer to remember things in. */
export function zeroSlot(variables: readonly tf.Variable[]): tf.Variable[] {
  return variables.map((v) => tf.tidy(() => tf.variable(tf.zeros(v.shape), false)));
}

/** Sets a variable to a tensor computed by `f`, disposing what else `f` made. */
export function assign(variable: tf.Variable, f: () => tf.Tensor): void {
  const value = tf.tidy(f);
  variable.assign(value);
  value.dispose();
}
