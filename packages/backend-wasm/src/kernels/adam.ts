import { engine, type KernelConfig, type Tensor, type TensorInfo, util, Variable } from '@tensorflow/tfjs';
import type { WasmBackend } from '../backend.js';
import { WasmArgumentError } from '../errors.js';
import { defineKernel } from './define.js';

/** Name of the kernel that steps all variables of a player at once: `tf.getKernel(GanjsAdam, tf.getBackend())`. */
export const GanjsAdam = 'GanjsAdam';

/** Inputs of {@link GanjsAdam}: lists of equal length, float32, entry i of each with one shape. */
export interface GanjsAdamInputs {
  /** Weights w, updated in place. */
  variables: TensorInfo[];
  /** Gradients g of the loss. */
  gradients: TensorInfo[];
  /** First moments m, updated in place. */
  first: TensorInfo[];
  /** Second moments v, updated in place. */
  second: TensorInfo[];
}

/** Attributes of {@link GanjsAdam}. */
export interface GanjsAdamAttrs {
  learningRate: number;
  beta1: number;
  beta2: number;
  epsilon: number;
  /** 1 - beta1^t at step t = 1, 2, ... */
  correction1: number;
  /** 1 - beta2^t. */
  correction2: number;
}

const GRAIN = 8192;

/** Gives a variable memory of its own if it shares it with another tensor, such as a clone kept from before. */
function own(backend: WasmBackend, tensor: TensorInfo): TensorInfo {
  if (tensor instanceof Variable && backend.refCount(tensor.dataId) > 1) {
    const info = backend.makeTensorInfo(tensor.shape, tensor.dtype, backend.readSync(tensor.dataId));
    const copy = engine().makeTensorFromTensorInfo(info) as Tensor;
    tensor.assign(copy);
    copy.dispose();
  }
  return tensor;
}

/**
 * A step of Adam (Kingma and Ba, 2015, algorithm 1) over a list of variables:
 * m = beta1 m + (1 - beta1) g, v = beta2 v + (1 - beta2) g^2,
 * w = w - learningRate (m / correction1) / (sqrt(v / correction2) + epsilon).
 *
 * Weights and moments are updated in place. A tf.Variable that shares its memory gets its own first; other
 * tensors must not share theirs.
 */
export const adamKernels: readonly KernelConfig[] = [
  defineKernel<GanjsAdamInputs, GanjsAdamAttrs>(GanjsAdam, ({ inputs, attrs, backend }) => {
    const { variables, gradients, first, second } = inputs;
    const { learningRate, beta1, beta2, epsilon, correction1, correction2 } = attrs;
    for (const [i, variable] of variables.entries()) {
      const tensors = [variable, gradients[i], first[i], second[i]] as const;
      for (const tensor of tensors) {
        if (tensor?.dtype !== 'float32' || !util.arraysEqual(tensor.shape, variable.shape)) {
          throw new WasmArgumentError(
            `${GanjsAdam}: variable ${i} is float32 [${variable.shape}], but its gradient or a moment is ` +
              `${tensor === undefined ? 'missing' : `${tensor.dtype} [${tensor.shape}]`}; give one of the same kind for each.`,
          );
        }
      }
      const [, gradient, m, v] = tensors;
      backend.runtime.parallel('adam', util.sizeFromShape(variable.shape), GRAIN, [
        backend.pointer(own(backend, variable)),
        backend.pointer(gradient!),
        backend.pointer(own(backend, m!)),
        backend.pointer(own(backend, v!)),
        learningRate / correction1,
        beta1,
        beta2,
        epsilon,
        correction2,
        1 - beta1,
        1 - beta2,
      ]);
    }
    return [];
  }),
];
