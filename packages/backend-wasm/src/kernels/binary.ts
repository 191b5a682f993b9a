import {
  Add,
  AddN,
  Atan2,
  broadcast_util,
  EluGrad,
  Equal,
  FloorDiv,
  Greater,
  GreaterEqual,
  type KernelConfig,
  Less,
  LessEqual,
  LogicalAnd,
  LogicalOr,
  Maximum,
  Minimum,
  Mod,
  Multiply,
  NotEqual,
  Pow,
  Prelu,
  RealDiv,
  SquaredDifference,
  Sub,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs';
import type { WasmBackend } from '../backend.js';
import { runFallback } from '../fallback.js';
import type { KernelLike } from '../runtime/kernels.js';
import { operandPlan } from './broadcast.js';
import { type Binary, defineKernel } from './define.js';
import { COSTLY_GRAIN, cast, GRAIN, type NumericType, numericKernel, typeOf, withInts } from './numeric.js';
import { mapElements, mapInPlace } from './unary.js';

/** A kernel that computes a function of two elements, broadcast. */
type PairKernel = KernelLike<'addF32'>;

/** A function of two elements, by type of both; bool counts as int32. The float32 kernel serves all types. */
interface BinaryKernel {
  float32: PairKernel;
  int32?: PairKernel;
  grain?: number;
}

/** out = kernel(a, b), broadcast. The operands have the type that the kernel reads, `out` what it writes. */
export function combine(
  backend: WasmBackend,
  kernel: PairKernel,
  a: TensorInfo,
  b: TensorInfo,
  dtype: NumericType,
  grain = GRAIN,
): TensorInfo {
  const shape = broadcast_util.assertAndGetBroadcastShape(a.shape, b.shape);
  const out = backend.output(shape, dtype);
  run(backend, kernel, a, b, out, grain);
  return out;
}

function run(
  backend: WasmBackend,
  kernel: PairKernel,
  a: TensorInfo,
  b: TensorInfo,
  out: TensorInfo,
  grain: number,
): void {
  const planA = operandPlan(a.shape, out.shape);
  const planB = operandPlan(b.shape, out.shape);
  withInts(backend, [...planA, ...planB], (plans) => {
    const args = [
      backend.pointer(a),
      plans,
      backend.pointer(b),
      plans + 4 * planA.length,
      backend.pointer(out),
    ] as const;
    backend.runtime.parallel(kernel, util.sizeFromShape(out.shape), grain, args);
  });
}

/** float32 if one of the operands has it, else int32. */
function commonType({ a, b }: Binary): 'float32' | 'int32' {
  return a.dtype === 'float32' || b.dtype === 'float32' ? 'float32' : 'int32';
}

/** {@link combine} of operands that are brought to `type` first. */
function combineAs(
  backend: WasmBackend,
  kernel: PairKernel,
  operands: Binary,
  type: NumericType,
  dtype: NumericType = type,
  grain = GRAIN,
): TensorInfo {
  const a = cast(backend, operands.a, type);
  const b = cast(backend, operands.b, type);
  const out = combine(backend, kernel, a, b, dtype, grain);
  backend.disposeIntermediate(a);
  backend.disposeIntermediate(b);
  return out;
}

/** `x` in another type, in its place. */
function recast(backend: WasmBackend, x: TensorInfo, dtype: NumericType): TensorInfo {
  const out = cast(backend, x, dtype);
  backend.disposeIntermediate(x);
  return out;
}

function arithmetic(kernelName: string, { float32, int32, grain }: BinaryKernel): KernelConfig {
  return numericKernel<Binary>(kernelName, ({ inputs, backend }) => {
    const whole = int32 !== undefined && commonType(inputs) === 'int32';
    const out = whole
      ? combineAs(backend, int32, inputs, 'int32', 'int32', grain)
      : combineAs(backend, float32, inputs, 'float32', 'float32', grain);
    return recast(backend, out, typeOf(inputs.a));
  });
}

function comparison(kernelName: string, float32: PairKernel, int32: PairKernel): KernelConfig {
  return numericKernel<Binary>(kernelName, ({ inputs, backend }) => {
    const type = commonType(inputs);
    return combineAs(backend, type === 'float32' ? float32 : int32, inputs, type, 'bool');
  });
}

/** Truth values as int32 0 or 1: `and` is their minimum, `or` their maximum. */
function logical(kernelName: string, kernel: PairKernel): KernelConfig {
  return numericKernel<Binary>(kernelName, ({ inputs, backend }) => {
    const truth = (x: TensorInfo) => recast(backend, cast(backend, x, 'bool'), 'int32');
    const a = truth(inputs.a);
    const b = truth(inputs.b);
    const out = combine(backend, kernel, a, b, 'int32');
    backend.disposeIntermediate(a);
    backend.disposeIntermediate(b);
    return recast(backend, out, 'bool');
  });
}

/** floor(a / b) as int32, whatever the type of the operands. */
const floorDiv = numericKernel<Binary>(FloorDiv, ({ inputs, backend }) => {
  if (commonType(inputs) === 'int32') return combineAs(backend, 'floorDivI32', inputs, 'int32');
  const quotient = combineAs(backend, 'realDivF32', inputs, 'float32');
  mapInPlace(backend, 'floorF32', quotient);
  return recast(backend, quotient, 'int32');
});

const generalPow = arithmetic(Pow, { float32: 'powF32', int32: 'powI32', grain: COSTLY_GRAIN });

/** a^b. The commonest exponent, 2, is a product. */
const pow = numericKernel<Binary>(Pow, ({ inputs, attrs, backend }) => {
  const { a, b } = inputs;
  const single = util.sizeFromShape(b.shape) === 1 && b.shape.length <= a.shape.length;
  if (a.dtype === 'float32' && single && backend.view(b)[0] === 2)
    return mapElements(backend, 'squareF32', a);
  return generalPow.kernelFunc({ inputs: { a, b }, attrs, backend });
});

/** The sum of tensors of one shape, in order. */
const addN = defineKernel<TensorInfo[]>(AddN, ({ inputs, backend }) => {
  const { dtype } = inputs[0]!;
  if ((dtype !== 'float32' && dtype !== 'int32') || inputs.some((x) => x.dtype !== dtype)) {
    return runFallback(AddN, { inputs: inputs as never, backend });
  }
  const kernel = dtype === 'float32' ? 'addF32' : 'addI32';
  if (inputs.length === 1) return backend.alias(inputs[0]!);
  const out = combine(backend, kernel, inputs[0]!, inputs[1]!, dtype);
  for (const x of inputs.slice(2)) run(backend, kernel, out, x, out, GRAIN);
  return out;
});

/** Functions of two elements, broadcast. */
export const binaryKernels: readonly KernelConfig[] = [
  arithmetic(Add, { float32: 'addF32', int32: 'addI32' }),
  arithmetic(Sub, { float32: 'subF32', int32: 'subI32' }),
  arithmetic(Multiply, { float32: 'multiplyF32', int32: 'multiplyI32' }),
  arithmetic(RealDiv, { float32: 'realDivF32' }),
  arithmetic(Maximum, { float32: 'maximumF32', int32: 'maximumI32' }),
  arithmetic(Minimum, { float32: 'minimumF32', int32: 'minimumI32' }),
  arithmetic(SquaredDifference, { float32: 'squaredDifferenceF32', int32: 'squaredDifferenceI32' }),
  arithmetic(Mod, { float32: 'modF32', int32: 'modI32', grain: COSTLY_GRAIN }),
  arithmetic(Atan2, { float32: 'atan2F32', grain: COSTLY_GRAIN }),
  floorDiv,
  pow,
  addN,
  comparison(Equal, 'equalF32', 'equalI32'),
  comparison(NotEqual, 'notEqualF32', 'notEqualI32'),
  comparison(Less, 'lessF32', 'lessI32'),
  comparison(LessEqual, 'lessEqualF32', 'lessEqualI32'),
  comparison(Greater, 'greaterF32', 'greaterI32'),
  comparison(GreaterEqual, 'greaterEqualF32', 'greaterEqualI32'),
  logical(LogicalAnd, 'minimumI32'),
  logical(LogicalOr, 'maximumI32'),
  numericKernel<{ x: TensorInfo; alpha: TensorInfo }>(Prelu, ({ inputs: { x, alpha }, backend }) =>
    combineAs(backend, 'preluF32', { a: x, b: alpha }, 'float32'),
  ),
  numericKernel<{ dy: TensorInfo; y: TensorInfo }>(EluGrad, ({ inputs: { dy, y }, backend }) =>
    combineAs(backend, 'eluGradF32', { a: dy, b: y }, 'float32'),
  ),
];
