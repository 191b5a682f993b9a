import { engine, getKernel, getKernelsForBackend, registerBackend, registerKernel } from '@tensorflow/tfjs';
import { WasmBackend } from './backend.js';
import { WasmArgumentError } from './errors.js';
import { fallbackConfig } from './fallback.js';
import { recordCheaperGradients } from './gradients/tape.js';
import { kernels } from './kernels/index.js';
import { BACKEND_NAME } from './name.js';
import { physicalCores } from './runtime/cores.js';
import { Runtime, type WasmVariant } from './runtime/runtime.js';

/** Options of {@link registerWasmBackend}. */
export interface WasmBackendOptions {
  /** Number of threads, >= 1; default: the physical cores that this process may use. */
  threads?: number;
  /** Instruction set; default: the fastest that the engine has. */
  variant?: WasmVariant;
}

let runtime: Runtime | undefined;
let pending: Promise<Runtime> | undefined;

/**
 * Compiles the kernels, starts the threads and registers the backend `ganjs-wasm` with TensorFlow.js. It
 * does not become the active backend: call `await tf.setBackend('ganjs-wasm')`. A second call changes
 * nothing but the number of threads, if it names one.
 *
 * @returns the backend's name
 * @throws WasmUnsupportedError when the engine has no WebAssembly SIMD
 * @throws WasmArgumentError when `threads` is not a whole number >= 1
 * @example
 * await tf.setBackend(await registerWasmBackend());
 */
export async function registerWasmBackend(options: WasmBackendOptions = {}): Promise<string> {
  const first = pending === undefined;
  pending ??= Runtime.create(options.variant);
  runtime = await pending.catch((error) => {
    pending = undefined;
    throw error;
  });
  if (options.threads !== undefined) await setThreads(options.threads);
  else if (first) await setThreads(await physicalCores());
  if (engine().findBackendFactory(BACKEND_NAME) == null) {
    const active = runtime;
    registerBackend(BACKEND_NAME, () => new WasmBackend(active));
    for (const kernel of kernels) {
      if (getKernel(kernel.kernelName, BACKEND_NAME) == null) registerKernel(kernel);
    }
    for (const kernelName of fallbackKernels()) {
      if (getKernel(kernelName, BACKEND_NAME) == null) registerKernel(fallbackConfig(kernelName));
    }
  }
  recordCheaperGradients();
  return BACKEND_NAME;
}

/** Kernels that always run on the cpu backend's code, by name: those that this backend does not write itself. */
export function fallbackKernels(): string[] {
  const own = new Set(kernels.map(({ kernelName }) => kernelName));
  const names = getKernelsForBackend('cpu').map(({ kernelName }) => kernelName);
  return names.filter((name) => !own.has(name)).sort();
}

/**
 * Changes the number of threads. Results do not depend on it, bit for bit.
 *
 * @param count number of threads, the calling one included; a whole number >= 1
 * @returns the number of threads that work now: 1 where memory cannot be shared between threads, as in a
 * page that is not cross-origin isolated
 * @throws WasmArgumentError when `count` is not a whole number >= 1, or before {@link registerWasmBackend}
 */
export async function setThreads(count: number): Promise<number> {
  if (!Number.isInteger(count) || count < 1) {
    throw new WasmArgumentError(`setThreads: expected a whole number of at least 1, got ${count}`);
  }
  if (runtime === undefined) {
    throw new WasmArgumentError('setThreads: call `await registerWasmBackend()` first');
  }
  return runtime.setThreads(count);
}

/** Threads that kernels run on, the calling one included; 0 before {@link registerWasmBackend}. */
export function threadCount(): number {
  return runtime?.threadCount ?? 0;
}
