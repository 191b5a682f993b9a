import { getKernel, type TensorInfo } from '@tensorflow/tfjs';
import type { WasmBackend } from '../backend.ts';
import { BACKEND_NAME } from '../name.ts';

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

/** Activations that the products apply themselves, by the code that assembly/macro.ts knows them by. */
const codes: Readonly<Record<string, number>> = { linear: 0, relu: 1, relu6: 2, leakyrelu: 3 };

/** Kernels that apply the other activations. */
const kernelNames: Readonly<Record<string, string>> = { elu: 'Elu', sigmoid: 'Sigmoid', prelu: 'Prelu' };

/** The arguments (bias address, activation code, slope) of a product's kernel. */
export function epilogueArguments(backend: WasmBackend, epilogue: Epilogue): [number, number, number] {
  return [
    epilogue.bias === undefined ? 0 : backend.pointer(epilogue.bias),
    codes[epilogue.activation ?? 'linear'] ?? 0,
    epilogue.leakyreluAlpha ?? 0,
  ];
}

/** Applies an activation that the product's kernel could not; disposes the product in that case. */
export function finishEpilogue(backend: WasmBackend, product: TensorInfo, epilogue: Epilogue): TensorInfo {
  const activation = epilogue.activation ?? 'linear';
  if (activation in codes) return product;
  const kernelName = kernelNames[activation];
  const kernel = kernelName === undefined ? null : getKernel(kernelName, BACKEND_NAME);
  if (kernel == null) throw new Error(`${BACKEND_NAME}: unknown fused activation '${activation}'`);
  const inputs =
    activation === 'prelu' ? { x: product, alpha: epilogue.preluActivationWeights! } : { x: product };
  const result = kernel.kernelFunc({ inputs, attrs: {}, backend }) as TensorInfo;
  backend.disposeIntermediate(product);
  return result;
}

/** Whether the bias is one number a channel, which is what the products add. */
export function isChannelBias(bias: TensorInfo | undefined, channels: number): boolean {
  if (bias === undefined) return true;
  const size = bias.shape.reduce((product, d) => product * d, 1);
  return bias.dtype === 'float32' && size === channels && (bias.shape.at(-1) ?? 1) === channels;
}
