import type * as tf from '@tensorflow/tfjs';

/** All weights of a network (trainable ones and statistics), in its layers' order. */
export function weightsOf(network: tf.LayersModel): tf.Variable[] {
  return network.weights.map(variableOf);
}

/** The weights of a network that gradients train, in its layers' order. */
export function trainableWeightsOf(network: tf.LayersModel): tf.Variable[] {
  return network.trainableWeights.map(variableOf);
}

/** `read` is typed as returning a tensor, but what it returns is the variable itself. */
function variableOf(weight: tf.LayersModel['weights'][number]): tf.Variable {
  return weight.read() as tf.Variable;
}
