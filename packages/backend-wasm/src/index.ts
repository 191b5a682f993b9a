export { WasmBackend, type WasmMemoryInfo } from './backend.js';
export { WasmArgumentError, WasmMemoryError, WasmUnsupportedError } from './errors.js';
export { type FallbackCount, fallbackUsage, resetFallbackUsage } from './fallback.js';
export { GanjsAdam, type GanjsAdamAttrs, type GanjsAdamInputs } from './kernels/adam.js';
export { GanjsUpfirdn, type GanjsUpfirdnAttrs, type GanjsUpfirdnInputs } from './kernels/upfirdn.js';
export { BACKEND_NAME } from './name.js';
export {
  fallbackKernels,
  registerWasmBackend,
  setThreads,
  threadCount,
  type WasmBackendOptions,
} from './register.js';
export type { WasmVariant } from './runtime/runtime.js';
