import * as tf from '@tensorflow/tfjs';
import { corrected, engine } from './engine.js';
import { customGradients } from './gradients/customGradients.js';
import { gradients } from './gradients/registry.js';
import { correctTape } from './tape.js';

/**
 * Makes the derivatives of TensorFlow.js right, first and higher ones, for every backend.
 *
 * Registers corrected gradients in place of those that are wrong, that throw or that are missing, and makes
 * the engine record saved outputs so that second derivatives see them. Values of the forward pass do not
 * change. Call it before the derivatives are computed; further calls cost nothing, and repair the registry
 * if another copy of TensorFlow.js overwrote it. The other functions of this package call it themselves.
 *
 * @throws UnsupportedEngineError when the installed TensorFlow.js is built differently
 *
 * @example
 * import * as tf from '@tensorflow/tfjs';
 * import { enableHigherOrderGradients } from '@ganjs/autodiff';
 *
 * enableHigherOrderGradients();
 * const second = tf.grad((x) => tf.grad((z) => tf.tanh(z))(x).square());
 */
export function enableHigherOrderGradients(): void {
  correctTape();
  engine()[corrected]!.replacements.set('', customGradients);
  for (const gradient of gradients) {
    const registered = tf.getGradient(gradient.kernelName);
    if (registered === gradient) continue;
    if (registered) tf.unregisterGradient(gradient.kernelName);
    tf.registerGradient(gradient);
  }
}
