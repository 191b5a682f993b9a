import { engine } from './engine.js';

/**
 * Runs `f` without recording it: what it returns is a constant for the derivatives in progress, and nothing
 * of what it computes is kept for a backward pass. Gradient rules use it for masks, so that a second
 * derivative does not walk through branches that are zero; a training step, for the images of a network that
 * the step does not train. A derivative taken inside of `f` works as it does outside of any other.
 *
 * @param f computes tensors; not a promise
 * @returns what `f` returns
 *
 * @example
 * const fakes = untraced(() => generator.predict(noise) as tf.Tensor);
 */
export function untraced<T>(f: () => T): T {
  const { state } = engine();
  state.kernelDepth++;
  try {
    return f();
  } finally {
    state.kernelDepth--;
  }
}
