import * as tf from '@tensorflow/tfjs';
import { encoders } from '../encoders.js';
import { sentencePieces, type Vocabulary } from './sentencePieces.js';

/** Sentences in one pass. */
const BATCH = 64;

/** A loaded sentence encoder: a `TextEncoder` of `@ganjs/datasets`, whose model is freed by `dispose`. */
export interface SentenceEncoder {
  readonly name: string;
  /** Numbers in an embedding. */
  readonly dimension: number;
  /**
   * @param texts English sentences, at least one.
   * @returns float32 [texts.length, 512], unit vectors; the caller disposes it.
   */
  encode(texts: readonly string[]): Promise<tf.Tensor2D>;
  dispose(): void;
}

/**
 * The universal sentence encoder, lite, on the active backend: sentences that mean the same become vectors that point
 * the same way.
 *
 * @param weights where TensorFlow.js loads the graph model from: a URL, or a handler.
 * @param vocabulary its pieces of words.
 * @source Cer et al., "Universal Sentence Encoder" (2018).
 */
export async function sentenceEncoder(
  weights: string | tf.io.IOHandler,
  vocabulary: Vocabulary,
): Promise<SentenceEncoder> {
  const pieces = sentencePieces(vocabulary);
  const model = await tf.loadGraphModel(weights);

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
    dimension: encoders.sentences.features,
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
