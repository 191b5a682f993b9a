import { engine, getKernel, getKernelsForBackend, registerBackend, registerKernel } from '@tensorflow/tfjs';
import { WasmBackend } from './backend.ts';
import { fallbackConfig } from './fallback.ts';
import { kernels } from './kernels/index.ts';
import { BACKEND_NAME } from './name.ts';
import { Runtime, type WasmVariant } from './runtime.ts';

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
 * @throws {WasmUnsupportedError} when the engine has no WebAssembly SIMD
 * @example
 * await tf.setBackend(await registerWasmBackend());
 */
export async function registerWasmBackend(options: WasmBackendOptions = {}): Promise<string> {
  pending ??= Runtime.create(options.variant);
  runtime = await pending.catch((error) => {
    pending = undefined;
    throw error;
  });
  if (engine().findBackendFactory(BACKEND_NAME) == null) {
    const active = runtime;
    registerBackend(BACKEND_NAME, () => new WasmBackend(active));
    for (const kernel of kernels) {
      if (getKernel(kernel.kernelName, BACKEND_NAME) == null) registerKernel(kernel);
    }
    for (const { kernelName } of getKernelsForBackend('cpu')) {
      if (getKernel(kernelName, BACKEND_NAME) == null) registerKernel(fallbackConfig(kernelName));
    }
  }
  return BACKEND_NAME;
}
