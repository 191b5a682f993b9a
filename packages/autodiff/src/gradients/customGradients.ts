import * as tf from '@tensorflow/tfjs';
import type { Replacements } from '../engine.js';
import type { Gradient, Operation, Replacement } from '../replaceGradients.js';

/** Another gradient for an op with one of its own, from its inputs in the order of the call. */
const byInputs =
  (gradient: Gradient) =>
  ({ inputs }: Operation): Replacement | undefined =>
    // The copies that are saved within the op's scope bear its name too.
    '0' in inputs ? { inputs, save: Object.values(inputs), gradient } : undefined;

/**
 * Replacements for gradients that ops of TensorFlow.js define for themselves with `tf.customGrad`, by the
 * name of the op's scope.
 */
export const customGradients: Replacements = {
  // The stock rule reads its input after it may have been disposed.
  logSigmoid__op: byInputs((dy, [x]) => ({ 0: () => tf.mul(dy, tf.sigmoid(tf.neg(x!))) })),

  // -sum(labels log softmax(logits)). The stock rule is right for labels that sum to one and do not depend
  // on what is being trained, and only to first order.
  softmaxCrossEntropy__op: byInputs((dy, [labels, logits]) => {
    const perClass = tf.expandDims(dy, -1);
    return {
      0: () => tf.neg(tf.mul(perClass, tf.logSoftmax(logits!))),
      1: () => {
        const target = tf.cast(labels!, 'float32');
        const total = tf.sum(target, -1, true);
        return tf.mul(perClass, tf.sub(tf.mul(tf.softmax(logits!), total), target));
      },
    };
  }),
};
