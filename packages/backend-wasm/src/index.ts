export { WasmBackend, type WasmMemoryInfo } from './backend.ts';
export { WasmArgumentError, WasmMemoryError, WasmUnsupportedError } from './errors.ts';
export { type FallbackCount, fallbackUsage, resetFallbackUsage } from './fallback.ts';
export { GanjsAdam, type GanjsAdamAttrs, type GanjsAdamInputs } from './kernels/adam.ts';
export { GanjsUpfirdn, type GanjsUpfirdnAttrs, type GanjsUpfirdnInputs } from './kernels/upfirdn.ts';
export { BACKEND_NAME } from './name.ts';
export {
  fallbackKernels,
  registerWasmBackend,
  setThreads,
  threadCount,
  type WasmBackendOptions,
} from './register.ts';
export type { WasmVariant } from './runtime/runtime.ts';
