import {
  Abs,
  Acos,
  Acosh,
  Asin,
  Asinh,
  Atan,
  Atanh,
  backend_util,
  Ceil,
  ClipByValue,
  type ClipByValueAttrs,
  Cos,
  Cosh,
  Elu,
  Erf,
  Exp,
  Expm1,
  Floor,
  IsFinite,
  IsInf,
  IsNan,
  type KernelConfig,
  LeakyRelu,
  type LeakyReluAttrs,
  Log,
  Log1p,
  LogicalNot,
  Neg,
  Reciprocal,
  Relu,
  Relu6,
  Round,
  Rsqrt,
  Selu,
  Sigmoid,
  Sign,
  Sin,
  Sinh,
  Softplus,
  Sqrt,
  Square,
  Step,
  type StepAttrs,
  Tan,
  Tanh,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs';
import type { WasmBackend } from '../backend.js';
import type { KernelLike } from '../runtime/kernels.js';
import type { Unary } from './define.js';
import { filled } from './fill.js';
import { COSTLY_GRAIN, cast, GRAIN, numericKernel, typeOf } from './numeric.js';

/** A kernel that computes a function of each element, with two parameters. */
type MapKernel = KernelLike<'absF32'>;

/** A function of one element, by type of the input. */
interface UnaryKernel {
  float32: MapKernel;
  /** Kernel for int32; the float32 kernel serves if there is none. */
  int32?: MapKernel;
  /** Parameters a and b of the kernels. */
  // biome-ignore lint/suspicious/noExplicitAny: every kernel has attributes of its own.
  parameters?: (attrs: any) => [number, number];
  /** Whether int32 inputs give float32 outputs. */
  floatOnly?: boolean;
  grain?: number;
}

/** Runs a function of one element on x, which has the type that the kernel reads and writes. */
export function mapElements(
  backend: WasmBackend,
  kernel: MapKernel,
  x: TensorInfo,
  [a, b]: readonly [number, number] = [0, 0],
  grain = GRAIN,
): TensorInfo {
  const out = backend.output(x.shape, typeOf(x));
  const args = [backend.pointer(x), backend.pointer(out), a, b] as const;
  backend.runtime.parallel(kernel, util.sizeFromShape(x.shape), grain, args);
  return out;
}

/** The same in place. Only for tensors that the calling kernel has made itself. */
export function mapInPlace(backend: WasmBackend, kernel: MapKernel, x: TensorInfo, a = 0): void {
  const pointer = backend.pointer(x);
  backend.runtime.parallel(kernel, util.sizeFromShape(x.shape), GRAIN, [pointer, pointer, a, 0]);
}

function unary(kernelName: string, kernel: UnaryKernel): KernelConfig {
  return numericKernel<Unary>(kernelName, ({ inputs: { x }, attrs, backend }) => {
    const parameters = kernel.parameters?.(attrs) ?? [0, 0];
    if (x.dtype === 'float32') return mapElements(backend, kernel.float32, x, parameters, kernel.grain);
    if (x.dtype === 'int32' && kernel.int32 !== undefined) {
      return mapElements(backend, kernel.int32, x, [toInt32(parameters[0]), toInt32(parameters[1])]);
    }
    const float = cast(backend, x, 'float32');
    const y = mapElements(backend, kernel.float32, float, parameters, kernel.grain);
    backend.disposeIntermediate(float);
    if (kernel.floatOnly) return y;
    const out = cast(backend, y, typeOf(x));
    backend.disposeIntermediate(y);
    return out;
  });
}

/** The whole number next to zero, within the range of int32. */
function toInt32(value: number): number {
  return Math.trunc(Math.min(Math.max(value, -(2 ** 31)), 2 ** 31 - 1));
}

/** A question about floating-point numbers; `whole` is the answer for all others. */
function question(kernelName: string, kernel: KernelLike<'isNanF32'>, whole: 0 | 1): KernelConfig {
  return numericKernel<Unary>(kernelName, ({ inputs: { x }, backend }) => {
    if (x.dtype !== 'float32') return filled(backend, x.shape, 'bool', whole);
    const out = backend.output(x.shape, 'bool');
    const args = [backend.pointer(x), backend.pointer(out)] as const;
    backend.runtime.parallel(kernel, util.sizeFromShape(x.shape), GRAIN, args);
    return out;
  });
}

const costly = { grain: COSTLY_GRAIN };

/** Functions of one element. */
export const unaryKernels: readonly KernelConfig[] = [
  unary(Abs, { float32: 'absF32', int32: 'absI32' }),
  unary(Neg, { float32: 'negF32', int32: 'negI32' }),
  unary(Sign, { float32: 'signF32', int32: 'signI32' }),
  unary(Square, { float32: 'squareF32', int32: 'squareI32' }),
  unary(Sqrt, { float32: 'sqrtF32' }),
  unary(Rsqrt, { float32: 'rsqrtF32' }),
  unary(Reciprocal, { float32: 'reciprocalF32' }),
  unary(Floor, { float32: 'floorF32' }),
  unary(Ceil, { float32: 'ceilF32' }),
  unary(Round, { float32: 'roundF32' }),
  unary(Relu, { float32: 'reluF32', int32: 'reluI32' }),
  unary(Relu6, { float32: 'relu6F32' }),
  unary(LeakyRelu, {
    float32: 'leakyReluF32',
    floatOnly: true,
    parameters: ({ alpha }: LeakyReluAttrs) => [alpha, 0],
  }),
  unary(Step, { float32: 'stepF32', parameters: ({ alpha }: StepAttrs) => [alpha, 0] }),
  unary(ClipByValue, {
    float32: 'clipByValueF32',
    int32: 'clipByValueI32',
    parameters: ({ clipValueMin, clipValueMax }: ClipByValueAttrs) => [clipValueMin, clipValueMax],
  }),
  unary(Selu, {
    float32: 'seluF32',
    parameters: () => [backend_util.SELU_SCALE, backend_util.SELU_SCALEALPHA],
    ...costly,
  }),
  unary(Elu, { float32: 'eluF32', ...costly }),
  unary(Exp, { float32: 'expF32', floatOnly: true, ...costly }),
  unary(Expm1, { float32: 'expm1F32', ...costly }),
  unary(Log, { float32: 'logF32', floatOnly: true, ...costly }),
  unary(Log1p, { float32: 'log1pF32', ...costly }),
  unary(Sigmoid, { float32: 'sigmoidF32', ...costly }),
  unary(Tanh, { float32: 'tanhF32', ...costly }),
  unary(Softplus, { float32: 'softplusF32', ...costly }),
  unary(Erf, { float32: 'erfF32', ...costly }),
  unary(Sin, { float32: 'sinF32', ...costly }),
  unary(Cos, { float32: 'cosF32', ...costly }),
  unary(Tan, { float32: 'tanF32', ...costly }),
  unary(Asin, { float32: 'asinF32', ...costly }),
  unary(Acos, { float32: 'acosF32', ...costly }),
  unary(Atan, { float32: 'atanF32', ...costly }),
  unary(Sinh, { float32: 'sinhF32', ...costly }),
  unary(Cosh, { float32: 'coshF32', ...costly }),
  unary(Asinh, { float32: 'asinhF32', ...costly }),
  unary(Acosh, { float32: 'acoshF32', ...costly }),
  unary(Atanh, { float32: 'atanhF32', ...costly }),
  question(IsNan, 'isNanF32', 0),
  question(IsInf, 'isInfF32', 0),
  question(IsFinite, 'isFiniteF32', 1),
  numericKernel<Unary>(LogicalNot, ({ inputs: { x }, backend }) => {
    const truth = cast(backend, x, 'bool');
    const out = backend.output(x.shape, 'bool');
    const args = [backend.pointer(truth), backend.pointer(out)] as const;
    backend.runtime.parallel('logicalNot8', util.sizeFromShape(x.shape), GRAIN, args);
    backend.disposeIntermediate(truth);
    return out;
  }),
];
