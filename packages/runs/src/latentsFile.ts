import type { LatentVectors } from '@ganjs/trainer';
import { unzipSync, zipSync } from 'fflate';
import { RunError } from './errors.js';

const MAGIC = '\x93NUMPY';
/** A fixed date, so that the same latents make the same file. */
const DATE = new Date(1980, 0, 1);

/** Latents as NumPy's `.npz` with one array, `latents`: `numpy.load(path)['latents']` reads them. */
export function encodeLatents(latents: LatentVectors): Uint8Array {
  return zipSync({ 'latents.npy': encodeNpy(latents) }, { mtime: DATE });
}

/**
 * Reads latents from the bytes of a `.npz`: its array `latents`, or its only one, of float32 or float64.
 *
 * @param where what messages call the file.
 * @throws RunError naming what is wrong with it.
 */
export function decodeLatents(bytes: Uint8Array, where: string): LatentVectors {
  let arrays: Record<string, Uint8Array>;
  try {
    arrays = unzipSync(bytes);
  } catch (error) {
    throw new RunError(`${where} is no .npz file: ${(error as Error).message}`, { cause: error });
  }
  const names = Object.keys(arrays);
  const array = arrays['latents.npy'] ?? (names.length === 1 ? arrays[names[0]!] : undefined);
  if (!array) {
    throw new RunError(`${where} holds ${names.join(', ') || 'nothing'}, expected an array called latents.`);
  }
  return decodeNpy(array, where);
}

/** NumPy's format 1.0: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html */
function encodeNpy({ data, shape }: LatentVectors): Uint8Array {
  const dictionary = `{'descr': '<f4', 'fortran_order': False, 'shape': (${shape.join(', ')}${shape.length === 1 ? ',' : ''}), }`;
  const start = 10;
  const length = Math.ceil((start + dictionary.length + 1) / 64) * 64 - start;
  const file = new Uint8Array(start + length + data.byteLength);
  file.set(latin1(MAGIC));
  file[6] = 1;
  new DataView(file.buffer).setUint16(8, length, true);
  file.set(latin1(`${dictionary.padEnd(length - 1)}\n`), start);
  file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), start + length);
  return file;
}

function decodeNpy(bytes: Uint8Array, where: string): LatentVectors {
  const fail = (why: string): never => {
    throw new RunError(`${where}: its array cannot be read: ${why}.`);
  };
  const text = (from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));
  if (bytes.length < 12 || text(0, 6) !== MAGIC) fail('it is not in the .npy format');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const wide = bytes[6]! > 1;
  const begin = wide ? 12 : 10;
  const end = begin + (wide ? view.getUint32(8, true) : view.getUint16(8, true));
  const header = text(begin, end);
  const dtype = /'descr': *'([^']*)'/.exec(header)?.[1];
  const dimensions = /'shape': *\(([\d, ]*)\)/.exec(header)?.[1];
  if (dtype !== '<f4' && dtype !== '<f8') return fail(`it is of type ${dtype}, expected float32 or float64`);
  if (dimensions === undefined || !/'fortran_order': *False/.test(header)) {
    return fail('its rows must be stored one after the other (C order)');
  }
  const shape = dimensions
    .split(',')
    .filter((extent) => extent.trim() !== '')
    .map(Number);
  const size = shape.reduce((product, extent) => product * extent, 1);
  const width = dtype === '<f4' ? 4 : 8;
  if (bytes.length - end !== size * width) {
    fail(`its shape [${shape}] takes ${size * width} bytes, but ${bytes.length - end} are there`);
  }
  // Copied, since numbers must lie at multiples of their width.
  const body = bytes.slice(end).buffer;
  const data = width === 4 ? new Float32Array(body) : Float32Array.from(new Float64Array(body));
  const odd = data.findIndex((value) => !Number.isFinite(value));
  if (odd >= 0) fail(`its number ${odd} is ${data[odd]}`);
  return { data, shape };
}

function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
