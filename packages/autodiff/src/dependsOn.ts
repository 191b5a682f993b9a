import type * as tf from '@tensorflow/tfjs';
import { reachable } from './backpropagation.js';
import { corrected, engine } from './engine.js';

/**
 * Whether a derivative in progress may pass through some tensors to some variables: what it does not pass
 * through can be computed {@link untraced}.
 *
 * Inside of one pass the answer is what was recorded so far: whether any of the tensors was computed from any
 * of the variables, or from what the pass itself differentiates with respect to (`tf.grad`, `gradientOf`).
 * Inside of a derivative of a derivative it is always yes, since either may ask.
 *
 * @param tensors what is asked about
 * @param variables what is being trained
 * @returns false outside of any derivative
 *
 * @example
 * const generate = () => generator.apply(noise) as tf.Tensor;
 * const fakes = dependsOn([noise], trained) ? generate() : untraced(generate); // `trained` are D's variables
 */
export function dependsOn(tensors: readonly tf.Tensor[], variables: readonly tf.Variable[]): boolean {
  const { state, [corrected]: corrections } = engine();
  if (state.gradientDepth !== 1 || !corrections) return state.gradientDepth > 0;
  const { tensors: computed } = reachable(state.activeTape!, [...variables, ...corrections.inputs]);
  return tensors.some(({ id }) => computed.has(id));
}
