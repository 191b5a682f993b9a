import { readFile } from 'node:fs/promises';
import type { LatentVectors } from '@ganjs/trainer';
import { unzipSync, zipSync } from 'fflate';
import writeFileAtomic from 'write-file-atomic';
import { UsageError } from './usageError.js';

const MAGIC = '\x93NUMPY';
/** A fixed date, so that the same latents make the same file. */
const DATE = new Date(1980, 0, 1);

/**
 * Writes latents as NumPy's `.npz` with one array, `latents`: `numpy.load(path)['latents']` reads them.
 *
 * @throws UsageError when the file cannot be written.
 */
export async function writeLatents(path: string, latents: LatentVectors): Promise<void> {
  const file = zipSync({ 'latents.npy': encodeNpy(latents) }, { mtime: DATE });
  await writeFileAtomic(path, Buffer.from(file)).catch((error: Error) => {
    throw new UsageError(`The latents cannot be written to ${path}: ${error.message}`, { cause: error });
  });
}

/**
 * Reads latents from a `.npz`: its array `latents`, or its only one, of float32 or float64.
 *
 * @throws UsageError naming what is wrong with the file.
 */
export async function readLatents(path: string): Promise<LatentVectors> {
  const bytes = await readFile(path).catch((error: Error) => {
    throw new UsageError(`The file of --latents cannot be read: ${error.message}`, { cause: error });
  });
  let arrays: Record<string, Uint8Array>;
  try {
    arrays = unzipSync(bytes);
  } catch (error) {
    throw new UsageError(`${path} is no .npz file: ${(error as Error).message}`, { cause: error });
  }
  const names = Object.keys(arrays);
  const array = arrays['latents.npy'] ?? (names.length === 1 ? arrays[names[0]!] : undefined);
  if (!array) {
    throw new UsageError(`${path} holds ${names.join(', ') || 'nothing'}, expected an array called latents.`);
  }
  return decodeNpy(path, array);
}

/** NumPy's format 1.0: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html */
function encodeNpy({ data, shape }: LatentVectors): Uint8Array {
  const dictionary = `{'descr': '<f4', 'fortran_order': False, 'shape': (${shape.join(', ')}${shape.length === 1 ? ',' : ''}), }`;
  const length = Math.ceil((10 + dictionary.length + 1) / 64) * 64 - 10;
  const header = Buffer.from(`${dictionary.padEnd(length - 1)}\n`, 'latin1');
  const start = Buffer.alloc(10);
  start.write(MAGIC, 'latin1');
  start.writeUInt8(1, 6);
  start.writeUInt16LE(length, 8);
  return Buffer.concat([start, header, new Uint8Array(data.buffer, data.byteOffset, data.byteLength)]);
}

function decodeNpy(path: string, bytes: Uint8Array): LatentVectors {
  const fail = (why: string): never => {
    throw new UsageError(`${path}: its array cannot be read: ${why}.`);
  };
  const buffer = Buffer.from(bytes);
  if (buffer.length < 12 || buffer.toString('latin1', 0, 6) !== MAGIC) fail('it is not in the .npy format');
  const wide = buffer[6]! > 1;
  const begin = wide ? 12 : 10;
  const end = begin + (wide ? buffer.readUInt32LE(8) : buffer.readUInt16LE(8));
  const header = buffer.toString('latin1', begin, end);
  const dtype = /'descr': *'([^']*)'/.exec(header)?.[1];
  const dimensions = /'shape': *\(([\d, ]*)\)/.exec(header)?.[1];
  if (dtype !== '<f4' && dtype !== '<f8') return fail(`it is of type ${dtype}, expected float32 or float64`);
  if (dimensions === undefined || !/'fortran_order': *False/.test(header)) {
    return fail('its rows must be stored one after the other (C order)');
  }
  const shape = dimensions
    .split(',')
    .filter((text) => text.trim() !== '')
    .map(Number);
  const size = shape.reduce((product, extent) => product * extent, 1);
  const width = dtype === '<f4' ? 4 : 8;
  if (buffer.length - end !== size * width) {
    fail(`its shape [${shape}] takes ${size * width} bytes, but ${buffer.length - end} are there`);
  }
  // Copied, since numbers must lie at multiples of their width.
  const body = new Uint8Array(buffer.subarray(end)).buffer;
  const data = width === 4 ? new Float32Array(body) : Float32Array.from(new Float64Array(body));
  const odd = data.findIndex((value) => !Number.isFinite(value));
  if (odd >= 0) fail(`its number ${odd} is ${data[odd]}`);
  return { data, shape };
}
