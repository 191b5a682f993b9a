import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import type { ImageShape } from '../dataset.js';
import { DataRequestError } from '../errors.js';
import { sharpDecoder } from './sharpDecoder.js';

const ENDINGS = ['.png', '.jpg', '.jpeg', '.webp', '.gif'];

/**
 * Reads an image, or all of a folder in the order of their names, and brings them to a shape: scaled to cover it, the
 * middle kept. Needs the optional package `sharp`.
 *
 * @returns float32 [n, height, width, channels] in [-1, 1]; the caller disposes it.
 * @throws DataRequestError when there is none, or one cannot be read.
 */
export async function readImages(
  path: string,
  { height, width, channels }: ImageShape,
): Promise<tf.Tensor4D> {
  const files = await imagesAt(path);
  const decode = await sharpDecoder();
  const form = { height, width, channels: channels as 1 | 3 | 4, fit: 'crop' as const };
  const values = new Float32Array(files.length * height * width * channels);
  for (const [i, file] of files.entries()) {
    const bytes = await readFile(file)
      .then((content) => decode(content, form, 'all'))
      .catch(unreadable(file));
    values.set(
      Float32Array.from(bytes, (byte) => (byte - 127.5) / 127.5),
      i * bytes.length,
    );
  }
  return tf.tensor4d(values, [files.length, height, width, channels]);
}

async function imagesAt(path: string): Promise<string[]> {
  const entry = await stat(path).catch(unreadable(path));
  if (entry.isFile()) return [path];
  const names = (await readdir(path)).filter((name) => ENDINGS.includes(extname(name).toLowerCase())).sort();
  if (names.length === 0) throw new DataRequestError(`${path} holds no image (${ENDINGS.join(', ')}).`);
  return names.map((name) => join(path, name));
}

function unreadable(path: string): (error: Error) => never {
  return (error) => {
    throw new DataRequestError(`${path} cannot be read: ${error.message}`, { cause: error });
  };
}
