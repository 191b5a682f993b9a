import * as tf from '@tensorflow/tfjs';
import { rule } from './rule.js';

/**
 * Replacements for gradients that ops of TensorFlow.js define for themselves with `tf.customGrad`, by the
 * name of the op's scope. Inputs are numbered in the order of the call.
 */
export const customGradients: tf.GradConfig[] = [
  // The stock rule reads its input after it may have been disposed.
  rule('logSigmoid__op', { inputs: ['0'] }, (dy, [x]) => ({
    0: () => tf.mul(dy, tf.sigmoid(tf.neg(x!))),
  })),

  // -sum(labels log softmax(logits)). The stock rule is right for labels that sum to one and do not depend
  // on what is being trained, and only to first order.
  rule('softmaxCrossEntropy__op', { inputs: ['0', '1'] }, (dy, [labels, logits]) => {
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
];
