import * as tf from '@tensorflow/tfjs';
import { expect } from 'vitest';

/** `tf.tidy` that disposes the variables that were made as well, such as the weights of layers. */
export function scoped(f: () => void): void {
  const kept = new Set(Object.values(tf.engine().registeredVariables));
  try {
    tf.tidy(f);
  } finally {
    for (const variable of Object.values(tf.engine().registeredVariables))
      if (!kept.has(variable)) variable.dispose();
  }
}

/** Builds a model of one layer. */
export function modelOf(layer: tf.layers.Layer, ...inputShapes: number[][]): tf.LayersModel {
  const inputs = inputShapes.map((shape) => tf.input({ shape }));
  const output = layer.apply(inputs.length === 1 ? inputs[0]! : inputs) as tf.SymbolicTensor;
  return tf.model({ inputs, outputs: output });
}

/** Saves the model to memory, through JSON as a file would, and loads it again. */
export async function saveAndLoad(model: tf.LayersModel): Promise<tf.LayersModel> {
  let saved: tf.io.ModelArtifacts | undefined;
  await model.save(
    tf.io.withSaveHandler(async (artifacts) => {
      saved = artifacts;
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    }),
  );
  const topology = JSON.parse(JSON.stringify(saved!.modelTopology));
  return tf.loadLayersModel(tf.io.fromMemory({ ...saved!, modelTopology: topology }));
}

/** A configuration as JSON holds it, where a seed that is not set is null. */
const plain = (config: unknown) => JSON.parse(JSON.stringify(config, (_, value) => value ?? null));

/**
 * Expects that a model of the layer, saved and loaded, computes what it computed before, and that the
 * loaded layer has the same class and configuration. Disposes both models.
 */
export async function expectRoundTrip(layer: tf.layers.Layer, ...inputs: tf.Tensor[]): Promise<void> {
  const model = modelOf(layer, ...inputs.map((x) => x.shape.slice(1)));
  const loaded = await saveAndLoad(model);
  const twin = loaded.getLayer(layer.name);
  expect(twin.constructor).toBe(layer.constructor);
  expect(plain(twin.getConfig())).toEqual(plain(layer.getConfig()));
  expect(twin.weights.map((w) => [w.originalName, w.shape])).toEqual(
    layer.weights.map((w) => [w.originalName, w.shape]),
  );
  expect(twin.trainableWeights.length).toBe(layer.trainableWeights.length);
  const [before, after] = tf.tidy(() =>
    [model, loaded].map((m) => {
      const y = m.apply(inputs.length === 1 ? inputs[0]! : inputs) as tf.Tensor;
      expect(y.shape.slice(1)).toEqual((m.outputs[0]!.shape as number[]).slice(1));
      return y.dataSync();
    }),
  );
  expect(after).toEqual(before);
  model.dispose();
  loaded.dispose();
}
