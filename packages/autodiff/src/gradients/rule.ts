import * as tf from '@tensorflow/tfjs';
import type { Derivatives } from '../replaceGradients.js';
import { untraced } from '../untraced.js';

/** Non-tensor arguments of a kernel. */
export type Attributes = Record<string, unknown>;

/**
 * A gradient for the registry.
 *
 * @param kernelName the kernel whose derivative this is
 * @param save what the backward pass needs: names of inputs, `'all'` for kernels whose inputs are a list,
 *   and `outputs`, one flag for each output
 * @param gradient from the derivative with respect to the output, the saved tensors (inputs in the order
 *   named, then outputs) and the attributes, the derivatives with respect to the inputs
 */
export function rule<A = Attributes>(
  kernelName: string,
  save: { inputs?: string[] | 'all'; outputs?: boolean[] },
  gradient: (dy: tf.Tensor, saved: tf.Tensor[], attributes: A) => Derivatives,
): tf.GradConfig {
  return {
    kernelName,
    ...(save.inputs === 'all' ? { saveAllInputs: true } : { inputsToSave: save.inputs ?? [] }),
    ...(save.outputs && { outputsToSave: save.outputs }),
    gradFunc: gradient as tf.GradFunc,
  };
}

/** Runs one kernel by its name. */
export function run(kernel: string, inputs: Record<string, tf.Tensor>, attributes: object = {}): tf.Tensor {
  return tf.engine().runKernel(kernel, inputs, attributes as tf.NamedAttrMap) as tf.Tensor;
}

/** `x` as a constant: the same values, no history. */
export function constant<T extends tf.Tensor>(x: T): T {
  return untraced(() => tf.clone(x));
}

/** Zeros in the shape of `x`; always float32, as derivatives must be. */
export function zerosLike(x: tf.Tensor): tf.Tensor {
  return tf.zeros(x.shape);
}

/**
 * The derivative of broadcasting: sums `dy` down to `shape`. A length of 1 that met an empty axis gets a sum of nothing: 0.
 */
export function sumTo(dy: tf.Tensor, shape: number[]): tf.Tensor {
  const added = dy.rank - shape.length;
  const axes = dy.shape.flatMap((length, axis) =>
    axis < added || (shape[axis - added] === 1 && length !== 1) ? [axis] : [],
  );
  const sum = axes.length > 0 ? tf.sum(dy, axes) : dy;
  return tf.util.arraysEqual(sum.shape, shape) ? sum : tf.reshape(sum, shape);
}
