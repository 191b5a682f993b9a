import * as tf from '@tensorflow/tfjs';
import type { CaptionedBatch, CaptionedDataset, CaptionedInfo } from './captioned.js';
import { type Dataset, disposeBatch } from './dataset.js';
import { DatasetError } from './errors.js';

/** What turns sentences into numbers: sentences that mean the same get embeddings that point the same way. */
export interface TextEncoder {
  readonly name: string;
  /** Numbers in an embedding. */
  readonly dimension: number;
  /** @returns float32 [texts.length, dimension]; the caller disposes it. */
  encode(texts: readonly string[]): Promise<tf.Tensor2D>;
}

/** Images with a sentence each, and what a text encoder makes of it. */
export interface EmbeddedBatch extends CaptionedBatch {
  /** float32 [batch, info.embedding], each row of length √embedding. */
  readonly embeddings: tf.Tensor2D;
}

/** What a dataset with embedded captions tells of itself. */
export interface EmbeddedInfo extends CaptionedInfo {
  /** Numbers in an embedding. */
  readonly embedding: number;
}

export type EmbeddedDataset = Dataset<EmbeddedBatch, EmbeddedInfo>;

/**
 * Adds to each caption its embedding, as {@link embedTexts} gives it. Each distinct caption is encoded once, when it
 * first comes up, and kept as plain numbers.
 *
 * Reading a batch throws DatasetError when the encoder returns another shape than it promises, or no float32.
 *
 * @example
 * const data = embedCaptions(await openEmojiCaptions(), encoder);
 * for await (const { images, embeddings } of data.batches({ batch: 32, seed: 1, epoch: 0 })) { ... }
 */
export function embedCaptions(dataset: CaptionedDataset, encoder: TextEncoder): EmbeddedDataset {
  const info = { ...dataset.info, embedding: encoder.dimension };
  const known = new Map<string, Float32Array>();
  const embed = async (captions: readonly string[]): Promise<tf.Tensor2D> => {
    const missing = [...new Set(captions)].filter((caption) => !known.has(caption));
    if (missing.length > 0) {
      const rows = await scaledRows(encoder, missing);
      for (const [i, caption] of missing.entries()) known.set(caption, rows[i]!);
    }
    return tensorOf(
      captions.map((caption) => known.get(caption)!),
      encoder.dimension,
    );
  };
  return {
    info,
    batches(options) {
      const captioned = dataset.batches(options);
      async function* embedded(): AsyncGenerator<EmbeddedBatch> {
        for await (const batch of captioned) {
          let embeddings: tf.Tensor2D;
          try {
            embeddings = await embed(batch.captions);
          } catch (error) {
            disposeBatch(batch);
            throw error;
          }
          yield { ...batch, embeddings };
        }
      }
      return { [Symbol.asyncIterator]: embedded };
    },
  };
}

/**
 * Sentences as vectors, scaled to length √dimension: encoders give unit vectors, whose numbers would be tiny beside
 * the N(0, 1) noise that they meet in a generator. A vector of zeros stays one.
 *
 * @returns float32 [texts.length, encoder.dimension]; the caller disposes it.
 * @throws DatasetError when the encoder returns another shape than it promises, or no float32.
 */
export async function embedTexts(encoder: TextEncoder, texts: readonly string[]): Promise<tf.Tensor2D> {
  return tensorOf(await scaledRows(encoder, texts), encoder.dimension);
}

function tensorOf(rows: readonly Float32Array[], dimension: number): tf.Tensor2D {
  const values = new Float32Array(rows.length * dimension);
  for (const [i, row] of rows.entries()) values.set(row, i * dimension);
  return tf.tensor2d(values, [rows.length, dimension], 'float32');
}

async function scaledRows(encoder: TextEncoder, texts: readonly string[]): Promise<Float32Array[]> {
  const { name, dimension } = encoder;
  const encoded = await encoder.encode(texts);
  const { shape, dtype } = encoded;
  const values = await encoded.data<'float32'>();
  encoded.dispose();
  if (dtype !== 'float32') {
    throw new DatasetError({
      where: `text encoder ${name}`,
      field: 'dtype of embeddings',
      got: dtype,
      expected: 'float32',
      fix: "Let it return tf.cast(embeddings, 'float32').",
    });
  }
  if (shape.length !== 2 || shape[0] !== texts.length || shape[1] !== dimension) {
    throw new DatasetError({
      where: `text encoder ${name}`,
      field: 'shape of embeddings',
      got: `[${shape}]`,
      expected: `[${texts.length}, ${dimension}], a row for each text`,
      fix: 'Correct its dimension, or what it returns.',
    });
  }
  return texts.map((_, i) => {
    const row = values.slice(i * dimension, (i + 1) * dimension);
    const length = Math.hypot(...row);
    return length === 0 ? row : row.map((value) => (value * Math.sqrt(dimension)) / length);
  });
}
