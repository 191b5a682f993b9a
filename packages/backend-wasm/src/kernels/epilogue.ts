import { getKernel, type NamedAttrMap, type NamedTensorInfoMap, type TensorInfo } from '@tensorflow/tfjs';
import type { WasmBackend } from '../backend.js';
import { Activation } from '../generated/constants.js';
import { BACKEND_NAME } from '../name.js';

/** What a fused matMul or conv2d does to its product. */
export interface Epilogue {
  /** float32 [channels]; undefined: none. */
  bias?: TensorInfo;
  /** tfjs-core's name of the activation. */
  activation?: string;
  /** Slope of `leakyrelu`. */
  leakyreluAlpha?: number;
  /** Slopes of `prelu`. */
  preluActivationWeights?: TensorInfo;
}

/** Activations that the products apply themselves, by tfjs-core's names. */
const codes: Readonly<Record<string, number>> = {
  linear: Activation.LINEAR,
  relu: Activation.RELU,
  relu6: Activation.RELU6,
  leakyrelu: Activation.LEAKY_RELU,
};

/** Kernels that apply an activation to a finished tensor. */
const kernelNames: Readonly<Record<string, string>> = {
  relu: 'Relu',
  relu6: 'Relu6',
  leakyrelu: 'LeakyRelu',
  elu: 'Elu',
  sigmoid: 'Sigmoid',
  prelu: 'Prelu',
};

/** The arguments (bias address, activation code, slope) of a product's kernel. */
export function epilogueArguments(backend: WasmBackend, epilogue: Epilogue): [number, number, number] {
  return [
    epilogue.bias === undefined ? 0 : backend.pointer(epilogue.bias),
    codes[epilogue.activation ?? 'linear'] ?? Activation.LINEAR,
    epilogue.leakyreluAlpha ?? 0,
  ];
}

/** Applies an activation that the product's kernel could not; disposes the product in that case. */
export function finishEpilogue(backend: WasmBackend, product: TensorInfo, epilogue: Epilogue): TensorInfo {
  return (epilogue.activation ?? 'linear') in codes ? product : activate(backend, product, epilogue);
}

/** Bias and activation for a kernel that does neither; disposes `x` if there is something to do. */
export function applyEpilogue(backend: WasmBackend, x: TensorInfo, epilogue: Epilogue): TensorInfo {
  const { bias, activation } = epilogue;
  const shifted = bias == null ? x : replaced(backend, x, 'Add', { a: x, b: bias });
  return (activation ?? 'linear') === 'linear' ? shifted : activate(backend, shifted, epilogue);
}

function activate(backend: WasmBackend, x: TensorInfo, epilogue: Epilogue): TensorInfo {
  const { activation, leakyreluAlpha, preluActivationWeights } = epilogue;
  const kernelName = kernelNames[activation!];
  if (kernelName === undefined) throw new Error(`${BACKEND_NAME}: unknown fused activation '${activation}'`);
  const inputs = activation === 'prelu' ? { x, alpha: preluActivationWeights! } : { x };
  return replaced(
    backend,
    x,
    kernelName,
    inputs,
    activation === 'leakyrelu' ? { alpha: leakyreluAlpha! } : {},
  );
}

/** The output of another kernel of this backend, in place of one of its inputs, which is disposed. */
function replaced(
  backend: WasmBackend,
  x: TensorInfo,
  kernelName: string,
  inputs: NamedTensorInfoMap,
  attrs: NamedAttrMap = {},
): TensorInfo {
  const result = getKernel(kernelName, BACKEND_NAME).kernelFunc({ inputs, attrs, backend }) as TensorInfo;
  backend.disposeIntermediate(x);
  return result;
}

/** Whether the bias is one number a channel, which is what the products add. */
export function isChannelBias(bias: TensorInfo | undefined, channels: number): boolean {
  if (bias === undefined) return true;
  const size = bias.shape.reduce((product, d) => product * d, 1);
  return bias.dtype === 'float32' && size === channels && (bias.shape.at(-1) ?? 1) === channels;
}
