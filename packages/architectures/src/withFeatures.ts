import * as tf from '@tensorflow/tfjs';
import { ArchitectureError } from './errors.js';

/**
 * A model of the same layers and weights that also shows what inner layers compute: for feature matching, or
 * for a second head on a discriminator.
 *
 * The two models are one set of weights: dispose only one of them.
 *
 * @param network any model; it keeps working as before.
 * @param layerNames layers whose outputs are wanted, such as `features`, which all discriminators here have.
 * @returns a model with the network's inputs and the outputs `[…network's outputs, …layers' outputs]`.
 * @throws ArchitectureError when the network has no layer of that name.
 */
export function withFeatures(network: tf.LayersModel, ...layerNames: string[]): tf.LayersModel {
  const outputs = layerNames.flatMap((name) => {
    const layer = network.layers.find((candidate) => candidate.name === name);
    if (layer) return layer.output;
    throw new ArchitectureError(
      `@ganjs/architectures: withFeatures: "${network.name}" has no layer "${name}"; ` +
        `its layers are ${network.layers.map((candidate) => candidate.name).join(', ')}`,
    );
  });
  return tf.model({
    name: network.name,
    inputs: network.inputs,
    outputs: [...network.outputs, ...outputs],
  });
}
