import {
  _FusedMatMul,
  BatchMatMul,
  type BatchMatMulAttrs,
  broadcast_util,
  type KernelConfig,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs';
import type { WasmBackend } from '../backend.js';
import { runFallback } from '../fallback.js';
import { gemm } from '../gemm.js';
import { noteFused } from '../gradients/fusedProducts.js';
import { type Binary, defineKernel } from './define.js';
import {
  applyEpilogue,
  type Epilogue,
  epilogueArguments,
  finishEpilogue,
  isChannelBias,
} from './epilogue.js';
import { filled } from './fill.js';

/** C[..., M, N] = activation(op(A) op(B) + bias), with broadcast batch dimensions. */
function matMul(
  backend: WasmBackend,
  { a, b }: Binary,
  { transposeA, transposeB }: BatchMatMulAttrs,
  epilogue: Epilogue,
): TensorInfo {
  const [aRows, aColumns] = a.shape.slice(-2) as [number, number];
  const [bRows, bColumns] = b.shape.slice(-2) as [number, number];
  const [M, K] = transposeA ? [aColumns, aRows] : [aRows, aColumns];
  const [inner, N] = transposeB ? [bColumns, bRows] : [bRows, bColumns];
  const aBatch = a.shape.slice(0, -2);
  const bBatch = b.shape.slice(0, -2);
  const batch = broadcast_util.assertAndGetBroadcastShape(aBatch, bBatch);
  util.assert(
    K === inner,
    () =>
      `Error in matMul: inner shapes (${K}) and (${inner}) of Tensors with shapes ${a.shape} and ${b.shape} ` +
      `and transposeA=${transposeA} and transposeB=${transposeB} must match.`,
  );
  const shape = [...batch, M, N];
  // Sums of no products, which the kernels do not cover.
  if (K === 0) return applyEpilogue(backend, filled(backend, shape, 'float32', 0), epilogue);
  const c = backend.output(shape, 'float32');
  gemm(
    backend,
    {
      pointer: backend.pointer(a),
      rowStride: transposeA ? 1 : aColumns,
      columnStride: transposeA ? aColumns : 1,
      offsets: broadcastIndices(aBatch, batch).map((i) => i * M * K),
    },
    {
      pointer: backend.pointer(b),
      rowStride: transposeB ? 1 : bColumns,
      columnStride: transposeB ? bColumns : 1,
      offsets: Array.from({ length: util.sizeFromShape(bBatch) }, (_, i) => i * K * N),
      batch: broadcastIndices(bBatch, batch),
    },
    c,
    [M, N, K],
    epilogueArguments(backend, epilogue),
  );
  return finishEpilogue(backend, c, epilogue);
}

/** For each index into the broadcast shape, in order, the flat index into `shape`. */
function broadcastIndices(shape: readonly number[], broadcast: readonly number[]): number[] {
  let indices = [0];
  const lead = broadcast.length - shape.length;
  for (const [axis, length] of broadcast.entries()) {
    const own = axis < lead ? 1 : shape[axis - lead]!;
    indices = indices.flatMap((index) => Array.from({ length }, (_, i) => index * own + (own === 1 ? 0 : i)));
  }
  return indices;
}

function isFloat({ a, b }: Binary): boolean {
  return a.dtype === 'float32' && b.dtype === 'float32';
}

type FusedInputs = Binary & { bias?: TensorInfo; preluActivationWeights?: TensorInfo };
type FusedAttrs = BatchMatMulAttrs & { activation: string; leakyreluAlpha: number };

/** Matrix products. */
export const matMulKernels: readonly KernelConfig[] = [
  defineKernel<Binary, BatchMatMulAttrs>(BatchMatMul, ({ inputs, attrs, backend }) =>
    isFloat(inputs)
      ? matMul(backend, inputs, attrs, {})
      : runFallback(BatchMatMul, { inputs, attrs, backend }),
  ),
  defineKernel<FusedInputs, FusedAttrs>(_FusedMatMul, ({ inputs, attrs, backend }) => {
    const channels = inputs.b.shape.at(attrs.transposeB ? -2 : -1)!;
    if (!isFloat(inputs) || !isChannelBias(inputs.bias, channels)) {
      return runFallback(_FusedMatMul, { inputs, attrs, backend });
    }
    const out = matMul(backend, inputs, attrs, {
      bias: inputs.bias,
      activation: attrs.activation,
      leakyreluAlpha: attrs.leakyreluAlpha,
      preluActivationWeights: inputs.preluActivationWeights,
    });
    noteFused(out, attrs);
    return out;
  }),
];
