import * as tf from '@tensorflow/tfjs';
import { enableHigherOrderGradients } from './enable.js';
import { NonScalarObjectiveError } from './errors.js';
import { differentiate } from './pass.js';

/** What a training step minimizes, and by which variables. */
export interface Objective {
  /** float32, shape []. */
  readonly scalar: tf.Tensor;
  readonly variables: readonly tf.Variable[];
}

/**
 * The gradients of several scalars, each with respect to variables of its own, from one forward pass: what
 * TensorFlow calls a persistent tape. Generator and discriminator can learn from the same images and scores.
 *
 *   gradients[i][j] = d objectives[i].scalar / d objectives[i].variables[j]
 *
 * The backward passes run one after the other, each over the operations between its variables and its
 * scalar; what an operation saved is freed after the last of them. Numbers are those of `tf.variableGrads`.
 *
 * @param objectives computes the scalars. All other tensors that it makes are disposed, the scalars too:
 *   `tf.keep` those that are to be read afterwards.
 * @returns for each objective the gradients in the order of its variables, float32, in their shapes;
 *   `undefined` where the scalar does not depend on the variable, and where the variable is not trainable
 * @throws NonScalarObjectiveError when an objective is not a scalar
 * @throws NotDifferentiableError when an objective uses an operation that has no derivative
 *
 * @example
 * const [ofD, ofG] = variableGradients(() => {
 *   const fake = discriminator.apply(generator.apply(noise)) as tf.Tensor;
 *   const real = discriminator.apply(images) as tf.Tensor;
 *   return [
 *     { scalar: tf.mean(tf.add(tf.softplus(tf.neg(real)), tf.softplus(fake))), variables: variablesOfD },
 *     { scalar: tf.mean(tf.softplus(tf.neg(fake))), variables: variablesOfG },
 *   ];
 * });
 */
export function variableGradients(objectives: () => readonly Objective[]): (tf.Tensor | undefined)[][] {
  enableHigherOrderGradients();
  let given: readonly Objective[] = [];
  return tf.tidy(() => {
    const results = differentiate([], () => {
      given = objectives();
      for (const [i, { scalar }] of given.entries()) {
        if (scalar.rank !== 0) throw new NonScalarObjectiveError(i, scalar.shape);
      }
      return given.map(({ scalar, variables }) => ({ y: scalar, xs: variables.filter((v) => v.trainable) }));
    });
    return given.map(({ variables }, i) => {
      const gradients = results[i]!.gradients.values();
      return variables.map((variable) => (variable.trainable ? gradients.next().value : undefined));
    });
  });
}
