import type * as tf from '@tensorflow/tfjs';
import { afterAll } from 'vitest';

/** Trainable scalars of a model. */
export function trainable(model: tf.LayersModel): number {
  return model.trainableWeights.reduce(
    (sum, { shape }) => sum + shape.reduce<number>((product, size) => product * (size ?? 1), 1),
    0,
  );
}

/** Hands models through, and frees them after the tests of the file that called this. */
export function keeper(): <M extends tf.LayersModel>(model: M) => M {
  const models: tf.LayersModel[] = [];
  afterAll(() => models.forEach((model) => void model.dispose()));
  return (model) => {
    models.push(model);
    return model;
  };
}
