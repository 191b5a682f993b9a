import {
  type backend_util,
  DataStorage,
  type DataType,
  engine,
  KernelBackend,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs';
import type { Runtime, Views } from './runtime/runtime.js';

/** Identity of a tensor's data, as tfjs-core passes it around. */
export type DataId = TensorInfo['dataId'];

type NumericType = 'float32' | 'int32' | 'bool';

/** What the backend stores for one `DataId`. */
export interface TensorData {
  readonly dtype: DataType;
  refCount: number;
  /** Address in wasm memory; numeric types only. */
  readonly pointer: number;
  /** Number of elements. */
  readonly size: number;
  /** Encoded strings; dtype `string` only. */
  readonly strings?: Uint8Array[];
  /** The parts, owned by this entry; dtype `complex64` only. */
  complexTensorInfos?: { real: TensorInfo; imag: TensorInfo };
}

/** True numbers: nothing here is estimated or left to garbage collection. */
export interface WasmMemoryInfo {
  unreliable: false;
  /** Bytes of live tensors and working buffers, each rounded up to 64. */
  wasmBytesInUse: number;
  /** The most that was ever in use at once. */
  wasmBytesPeak: number;
  /** Size of the wasm memory; it never shrinks. */
  wasmBytesReserved: number;
  /** Size that the wasm memory can grow to. */
  wasmBytesLimit: number;
}

/**
 * The TensorFlow.js backend `ganjs-wasm`. Numeric tensors live in WebAssembly memory: float32 and int32 with
 * 4 bytes an element, bool with 1 byte (0 or 1). complex64 is a pair of float32 tensors, strings stay in JavaScript.
 */
export class WasmBackend extends KernelBackend {
  private readonly data: DataStorage<TensorData>;
  private readonly blocks = new Set<number>();

  constructor(readonly runtime: Runtime) {
    super();
    this.data = new DataStorage<TensorData>(this, engine());
  }

  // ---- for kernels -------------------------------------------------------------------------------------

  /** Address of a numeric tensor. Stays valid while the tensor lives. */
  pointer(tensor: TensorInfo): number {
    return this.data.get(tensor.dataId).pointer;
  }

  /** The addresses of several. */
  pointers<const Tensors extends readonly TensorInfo[]>(
    ...tensors: Tensors
  ): { [I in keyof Tensors]: number } {
    return tensors.map((tensor) => this.pointer(tensor)) as { [I in keyof Tensors]: number };
  }

  /** A new numeric tensor of undefined content: the kernel writes every element. */
  output(shape: readonly number[], dtype: NumericType): TensorInfo {
    const dataId: DataId = {};
    this.data.set(dataId, this.allocate(shape, dtype, 1));
    return { dataId, shape: [...shape], dtype };
  }

  /** The same data under another shape and type name; nothing is copied. */
  alias(tensor: TensorInfo, shape: readonly number[] = tensor.shape): TensorInfo {
    this.incRef(tensor.dataId);
    return { dataId: tensor.dataId, shape: [...shape], dtype: tensor.dtype };
  }

  /** A new tensor with these values, of any type. */
  makeTensorInfo(
    shape: readonly number[],
    dtype: DataType,
    values: backend_util.BackendValues | readonly number[],
  ): TensorInfo {
    const dataId = this.write(values as backend_util.BackendValues, [...shape], dtype);
    return { dataId, shape: [...shape], dtype };
  }

  /** A complex64 tensor that owns copies of nothing: the two parts become its own. */
  complex(real: TensorInfo, imag: TensorInfo): TensorInfo {
    const dataId: DataId = {};
    this.data.set(dataId, complexData({ real, imag }, 1));
    return { dataId, shape: [...real.shape], dtype: 'complex64' };
  }

  /** Parts of a complex64 tensor; they live as long as it does. */
  complexParts(tensor: TensorInfo): { real: TensorInfo; imag: TensorInfo } {
    return this.data.get(tensor.dataId).complexTensorInfos!;
  }

  /** The elements of a numeric tensor in wasm memory. Valid until the next allocation. */
  view(tensor: TensorInfo): Float32Array | Int32Array | Uint8Array {
    return this.viewOf(this.data.get(tensor.dataId), this.runtime.memoryViews);
  }

  /** A small temporary of `bytes` bytes in wasm memory; the caller releases it. */
  allocateTemporary(bytes: number, what?: () => string): number {
    return this.runtime.allocator.allocate(bytes, what);
  }

  releaseTemporary(pointer: number): void {
    this.runtime.release(pointer);
  }

  /** Drops one reference to a tensor that a kernel made for itself. */
  disposeIntermediate(tensor: TensorInfo): void {
    this.disposeData(tensor.dataId);
  }

  /** Whether this backend holds the data. */
  has(dataId: DataId): boolean {
    return this.data.has(dataId);
  }

  /** The stored entry; moves the data here from another backend if need be. */
  entry(dataId: DataId): TensorData {
    return this.data.get(dataId);
  }

  // ---- KernelBackend -----------------------------------------------------------------------------------

  override write(values: backend_util.BackendValues, shape: number[], dtype: DataType): DataId {
    const dataId: DataId = {};
    this.move(dataId, values, shape, dtype, 1);
    return dataId;
  }

  override move(
    dataId: DataId,
    values: backend_util.BackendValues,
    shape: number[],
    dtype: DataType,
    refCount: number,
  ): void {
    if (dtype === 'string') {
      const strings = values as Uint8Array[];
      this.data.set(dataId, { dtype, refCount, pointer: 0, size: util.sizeFromShape(shape), strings });
    } else if (dtype === 'complex64') {
      const interleaved = values as Float32Array;
      const part = (offset: number) => {
        const out = new Float32Array(interleaved.length / 2);
        for (let i = 0; i < out.length; i++) out[i] = interleaved[2 * i + offset]!;
        return this.makeTensorInfo(shape, 'float32', out);
      };
      this.data.set(dataId, complexData({ real: part(0), imag: part(1) }, refCount));
    } else {
      const data = this.allocate(shape, dtype as NumericType, refCount);
      const views = this.runtime.newMemory(data.pointer, data.size * bytesPerElement(dtype as NumericType));
      this.viewOf(data, views).set(values as Float32Array);
      this.data.set(dataId, data);
    }
  }

  override async read(dataId: DataId): Promise<backend_util.BackendValues> {
    return this.readSync(dataId);
  }

  override readSync(dataId: DataId): backend_util.BackendValues {
    const data = this.data.get(dataId);
    if (data.strings !== undefined) return data.strings;
    if (data.complexTensorInfos !== undefined) {
      const real = this.view(data.complexTensorInfos.real);
      const imag = this.view(data.complexTensorInfos.imag);
      const out = new Float32Array(2 * real.length);
      for (let i = 0; i < real.length; i++) {
        out[2 * i] = real[i]!;
        out[2 * i + 1] = imag[i]!;
      }
      return out;
    }
    return this.viewOf(data, this.runtime.memoryViews).slice() as backend_util.TypedArray;
  }

  override numDataIds(): number {
    return this.data.numDataIds();
  }

  override refCount(dataId: DataId): number {
    return this.data.has(dataId) ? this.data.get(dataId).refCount : 0;
  }

  override incRef(dataId: DataId): void {
    this.data.get(dataId).refCount++;
  }

  override disposeData(dataId: DataId, force = false): boolean {
    if (!this.data.has(dataId)) return true;
    const data = this.data.get(dataId);
    data.refCount--;
    if (!force && data.refCount > 0) return false;
    if (data.complexTensorInfos !== undefined) {
      this.disposeData(data.complexTensorInfos.real.dataId, true);
      this.disposeData(data.complexTensorInfos.imag.dataId, true);
    } else if (data.pointer !== 0) {
      this.blocks.delete(data.pointer);
      this.runtime.release(data.pointer);
    }
    this.data.delete(dataId);
    return true;
  }

  override timerAvailable(): boolean {
    return true;
  }

  override async time(f: () => void): Promise<{ kernelMs: number }> {
    const start = util.now();
    f();
    this.runtime.finish();
    return { kernelMs: util.now() - start };
  }

  override memory(): WasmMemoryInfo {
    this.runtime.finish();
    const { allocator } = this.runtime;
    return {
      unreliable: false,
      wasmBytesInUse: allocator.bytesInUse,
      wasmBytesPeak: allocator.peakBytes,
      wasmBytesReserved: allocator.bytesReserved,
      wasmBytesLimit: allocator.limit,
    };
  }

  override floatPrecision(): 32 {
    return 32;
  }

  override epsilon(): number {
    return 1e-7;
  }

  /** Frees every tensor. The runtime stays, so that TensorFlow.js can make the backend anew. */
  override dispose(): void {
    for (const pointer of this.blocks) this.runtime.release(pointer);
    this.blocks.clear();
  }

  private allocate(shape: readonly number[], dtype: NumericType, refCount: number): TensorData {
    const size = util.sizeFromShape(shape as number[]);
    const bytes = size * bytesPerElement(dtype);
    const pointer = this.runtime.allocator.allocate(bytes, () => `a ${dtype} tensor [${shape.join(',')}]`);
    this.blocks.add(pointer);
    return { dtype, refCount, pointer, size };
  }

  private viewOf(data: TensorData, { f32, i32, u8 }: Views): Float32Array | Int32Array | Uint8Array {
    const { pointer, size } = data;
    if (data.dtype === 'float32') return f32.subarray(pointer / 4, pointer / 4 + size);
    if (data.dtype === 'int32') return i32.subarray(pointer / 4, pointer / 4 + size);
    return u8.subarray(pointer, pointer + size);
  }
}

function complexData(parts: { real: TensorInfo; imag: TensorInfo }, refCount: number): TensorData {
  const size = util.sizeFromShape(parts.real.shape);
  return { dtype: 'complex64', refCount, pointer: 0, size, complexTensorInfos: parts };
}

function bytesPerElement(dtype: NumericType): number {
  return dtype === 'bool' ? 1 : 4;
}
