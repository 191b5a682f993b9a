import { GanjsError } from '@ganjs/errors';

/** The engine cannot run the backend at all, for example because it has no WebAssembly SIMD. */
export class WasmUnsupportedError extends GanjsError {
  override readonly name = 'WasmUnsupportedError';
}

/** The WebAssembly memory cannot hold one more tensor. */
export class WasmMemoryError extends GanjsError {
  override readonly name = 'WasmMemoryError';

  /**
   * @param what what the memory was wanted for, e.g. `a float32 tensor [64,28,28,1]`
   * @param requestedBytes bytes asked for
   * @param usedBytes bytes that live tensors and buffers hold
   * @param limitBytes bytes that the memory can grow to
   */
  constructor(
    readonly what: string,
    readonly requestedBytes: number,
    readonly usedBytes: number,
    readonly limitBytes: number,
  ) {
    super(
      `@ganjs/backend-wasm: no room for ${what} (${mebibytes(requestedBytes)}): ` +
        `${mebibytes(usedBytes)} of at most ${mebibytes(limitBytes)} are in use. ` +
        'Dispose tensors that are no longer needed (tf.tidy), or use a smaller batch.',
    );
  }
}

function mebibytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}

/** An argument of this package's own functions is out of range. */
export class WasmArgumentError extends GanjsError {
  override readonly name = 'WasmArgumentError';
}
