import * as tf from '@tensorflow/tfjs';
import { stylegan2Moves } from './stylegan2.mjs';

/**
 * The most bytes of the wasm memory in use at once, during each move of StyleGAN2: weights, Adam's moments, what is
 * kept for the backward pass, and what kernels use on the way.
 *
 * @param layers what `@ganjs/layers` exports
 * @param autodiff what `@ganjs/autodiff` exports
 * @param options `batch`, images a move, and `dry`: whether to leave the kernels out, since memory does not depend on
 *   the numbers
 * @returns by move, `atRest` before it and its `peak`, in bytes
 */
export function peakBytes(layers, autodiff, { batch = 16, dry = false } = {}) {
  const { runtime } = tf.backend();
  const { allocator } = runtime;
  const { allocate } = allocator;
  let peak = 0;
  allocator.allocate = (...args) => {
    const address = allocate.apply(allocator, args);
    peak = Math.max(peak, allocator.bytesInUse);
    return address;
  };
  if (dry) runtime.parallel = () => {};
  try {
    const { moves, dispose } = stylegan2Moves(layers, autodiff, batch);
    // The first moves make Adam's moments.
    for (const move of Object.values(moves)) move();
    const measured = Object.entries(moves).map(([name, move]) => {
      const atRest = allocator.bytesInUse;
      peak = atRest;
      move();
      return [name, { atRest, peak }];
    });
    dispose();
    return Object.fromEntries(measured);
  } finally {
    delete allocator.allocate;
    delete runtime.parallel;
  }
}
