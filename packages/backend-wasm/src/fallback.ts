import {
  type backend_util,
  type DataStorage,
  getKernel,
  type KernelConfig,
  type KernelFunc,
  type NamedAttrMap,
  type NamedTensorInfoMap,
  type TensorInfo,
} from '@tensorflow/tfjs';
import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import type { DataId, WasmBackend } from './backend.js';
import { BACKEND_NAME } from './name.js';

/** How often one kernel ran on the cpu backend's code since the last reset. */
export interface FallbackCount {
  kernel: string;
  count: number;
}

const counts = new Map<string, number>();

/**
 * Kernels that ran through the cpu backend's code because none of ours covers them (or not this use of
 * them), most frequent first.
 */
export function fallbackUsage(): FallbackCount[] {
  return [...counts]
    .map(([kernel, count]) => ({ kernel, count }))
    .sort((a, b) => b.count - a.count || a.kernel.localeCompare(b.kernel));
}

/** Starts counting anew. */
export function resetFallbackUsage(): void {
  counts.clear();
}

interface ShadowData {
  values?: backend_util.BackendValues;
  dtype: TensorInfo['dtype'];
  complexTensorInfos?: { real: TensorInfo; imag: TensorInfo };
  refCount: number;
}

/** A cpu backend of our own that the kernels run on. It is registered nowhere and empty between two calls. */
class ShadowBackend extends MathBackendCPU {
  constructor() {
    super();
    // The first write would print advice to install tfjs-node.
    (this as unknown as { firstUse: boolean }).firstUse = false;
  }

  get storage(): DataStorage<ShadowData> {
    return this.data as unknown as DataStorage<ShadowData>;
  }
}

let shadow: ShadowBackend | undefined;

/** The arguments of a kernel function of this backend. */
export interface KernelArguments {
  inputs: object;
  attrs?: object;
  backend: unknown;
}

/**
 * Runs the cpu backend's kernel on copies of the inputs, and moves its outputs here. Kernels call it for
 * the cases that they do not cover themselves.
 */
export function runFallback(kernelName: string, args: KernelArguments): TensorInfo | TensorInfo[] {
  const kernel = getKernel(kernelName, 'cpu');
  if (kernel == null)
    throw new Error(`${BACKEND_NAME}: neither this backend nor cpu has kernel '${kernelName}'`);
  counts.set(kernelName, (counts.get(kernelName) ?? 0) + 1);
  const backend = args.backend as WasmBackend;
  shadow ??= new ShadowBackend();
  const cpu = shadow;
  const lent = new Set<DataId>();
  for (const input of Object.values(args.inputs)) {
    // Kernels with a list of inputs (Concat, AddN, ...) get an object with numeric keys; some lists nest.
    for (const tensor of (Array.isArray(input) ? input : [input]) as TensorInfo[]) {
      if (tensor != null) lend(tensor.dataId, backend, cpu, lent);
    }
  }
  try {
    const kernelFunc = kernel.kernelFunc as KernelFunc;
    const outputs = kernelFunc({
      inputs: args.inputs as NamedTensorInfoMap,
      attrs: args.attrs as NamedAttrMap,
      backend: cpu,
    });
    return Array.isArray(outputs)
      ? outputs.map((output) => adopt(output, backend, cpu, lent))
      : adopt(outputs, backend, cpu, lent);
  } finally {
    for (const dataId of lent) cpu.storage.delete(dataId);
  }
}

function lend(dataId: DataId, backend: WasmBackend, cpu: ShadowBackend, lent: Set<DataId>): void {
  if (lent.has(dataId)) return;
  lent.add(dataId);
  const { dtype, complexTensorInfos } = backend.entry(dataId);
  if (complexTensorInfos !== undefined) {
    lend(complexTensorInfos.real.dataId, backend, cpu, lent);
    lend(complexTensorInfos.imag.dataId, backend, cpu, lent);
    cpu.storage.set(dataId, { dtype, complexTensorInfos, refCount: 1 });
  } else {
    cpu.storage.set(dataId, { dtype, values: backend.readSync(dataId), refCount: 1 });
  }
}

/** Takes an output of a cpu kernel into our memory. An output may be one of the inputs. */
function adopt(output: TensorInfo, backend: WasmBackend, cpu: ShadowBackend, lent: Set<DataId>): TensorInfo {
  const { dataId, shape, dtype } = output;
  if (lent.has(dataId)) {
    // The cpu backend renames integers to floats without a copy; here the bytes differ.
    if (backend.entry(dataId).dtype !== dtype) {
      return backend.makeTensorInfo(shape, dtype, backend.readSync(dataId));
    }
    backend.incRef(dataId);
    return { dataId, shape, dtype };
  }
  const { values, complexTensorInfos } = cpu.storage.get(dataId);
  if (complexTensorInfos === undefined) {
    cpu.storage.delete(dataId);
    return backend.makeTensorInfo(shape, dtype, values!);
  }
  const real = adopt(complexTensorInfos.real, backend, cpu, lent);
  const imag = adopt(complexTensorInfos.imag, backend, cpu, lent);
  cpu.storage.delete(dataId);
  return { ...backend.complex(real, imag), shape };
}

/** The configuration that registers the cpu kernel of this name for our backend. */
export function fallbackConfig(kernelName: string): KernelConfig {
  return {
    kernelName,
    backendName: BACKEND_NAME,
    kernelFunc: ((args: KernelArguments) => runFallback(kernelName, args)) as unknown as KernelFunc,
  };
}
