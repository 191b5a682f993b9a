import type { backend_util } from '@tensorflow/tfjs';
import type { WasmBackend } from '../backend.js';

/** Offset of a tap from the position that it belongs to: (y, x). */
export type Tap = readonly [number, number];

/** Writes the table of taps that the kernels read; the caller releases it. */
export function tapTable(backend: WasmBackend, taps: readonly Tap[]): number {
  const bytes = taps.length * 8;
  const table = backend.allocateTemporary(bytes);
  backend.runtime.newMemory(table, bytes).i32.set(taps.flat(), table / 4);
  return table;
}

/** The taps of a forward convolution, in the order of the filter's rows. */
export function forwardTaps(info: backend_util.Conv2DInfo): Tap[] {
  const taps: Tap[] = [];
  for (let y = 0; y < info.filterHeight; y++) {
    for (let x = 0; x < info.filterWidth; x++) {
      taps.push([y * info.dilationHeight - info.padInfo.top, x * info.dilationWidth - info.padInfo.left]);
    }
  }
  return taps;
}
