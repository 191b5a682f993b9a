import { DatasetError } from './errors.js';

/** Unsigned bytes: what files hold, and what a canvas gives. */
export type Bytes = Uint8Array | Uint8ClampedArray;

/**
 * Refuses other arrays, which would become bytes without a word: floats in [0, 1] would all be 0.
 *
 * @throws DatasetError when `values` are no bytes.
 */
export function checkBytes(where: string, field: string, values: unknown): asserts values is Bytes {
  const got = kindOf(values);
  if (got === 'Uint8Array' || got === 'Uint8ClampedArray') return;
  throw new DatasetError({
    where,
    field,
    got: `of the kind ${got}`,
    expected: 'a Uint8Array or Uint8ClampedArray',
    fix: fixes[got] ?? MAKE_BYTES,
  });
}

/** `Float32Array`, `Array`, `Undefined`: the name of a value's class, also of one from another window or worker. */
export function kindOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice('[object '.length, -1);
}

const SCALE =
  'Make bytes of pixels in [-1, 1] by Uint8Array.from(pixels, (x) => Math.round(127.5 * x + 127.5)), of those in ' +
  '[0, 1] by Uint8Array.from(pixels, (x) => Math.round(255 * x)).';
const MAKE_BYTES = 'Make bytes of whole numbers from 0 to 255 by Uint8Array.from(values).';
const fixes: Readonly<Record<string, string>> = {
  Float16Array: SCALE,
  Float32Array: SCALE,
  Float64Array: SCALE,
  ArrayBuffer: 'Look at its bytes by new Uint8Array(buffer).',
};
