/**
 * TensorFlow.js without what training on our backend does not need: `tfjs-core` with its gradients and chained
 * operations, and `tfjs-layers`; neither WebGL, nor the converter, nor `tf.data`. A page whose bundler takes this entry
 * for `@tensorflow/tfjs` loads half as much. For bundlers: Node cannot load TensorFlow.js file by file.
 */
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';

export * from '@tensorflow/tfjs-core';
export * from '@tensorflow/tfjs-layers';
