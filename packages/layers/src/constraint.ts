import * as tf from '@tensorflow/tfjs';

/** A constraint of TensorFlow.js: `apply` projects a weight. */
export type Constraint = ReturnType<typeof tf.constraints.nonNeg>;

/** The class of the constraints that layers accept; TensorFlow.js does not export it by name. */
export const ConstraintBase = Object.getPrototypeOf(
  tf.constraints.nonNeg().constructor,
) as abstract new () => Constraint;

/**
 * Projects variables in place. Optimizers of TensorFlow.js do not apply the constraints of layers, so a training
 * loop calls this after each step.
 *
 * @param variables e.g. `model.trainableWeights.map((weight) => weight.read())`.
 */
export function applyConstraint(variables: Iterable<tf.Variable | tf.Tensor>, constraint: Constraint): void {
  for (const variable of variables) {
    const projected = constraint.apply(variable);
    (variable as tf.Variable).assign(projected);
    projected.dispose();
  }
}
