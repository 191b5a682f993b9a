import { registerWasmBackend } from '@ganjs/backend-wasm';
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import fixture from '../fixtures/sentences.json' with { type: 'json' };
import { encoders } from './index.js';
import { openSentenceEncoder } from './node.js';
import type { SentenceEncoder } from './sentences/index.js';

describe('openSentenceEncoder', () => {
  let encoder: SentenceEncoder;
  beforeAll(async () => {
    await tf.setBackend(await registerWasmBackend());
    encoder = await openSentenceEncoder();
  });
  afterAll(() => encoder.dispose());

  const encode = async (texts: string[]) => {
    const embeddings = await encoder.encode(texts);
    const rows = await embeddings.array();
    embeddings.dispose();
    return rows;
  };

  it('gives what the reference gives with the same weights', async () => {
    const rows = await encode(fixture.texts);
    expect(rows).toHaveLength(fixture.texts.length);
    for (const [i, expected] of fixture.embeddings.entries()) {
      expect(encoder.dimension).toBe(encoders.sentences.features);
      expect(rows[i]).toHaveLength(encoder.dimension);
      for (const [j, value] of expected.entries()) expect(rows[i]![j]).toBeCloseTo(value, 4);
    }
  });

  it('holds paraphrases nearer than other sentences, and a sentence alone as among others', async () => {
    const texts = ['a happy face', 'a smiling person', 'heavy rain and thunder', 'a storm with lightning'];
    const rows = await encode(texts);
    const cosine = (i: number, j: number) =>
      rows[i]!.reduce((sum, value, k) => sum + value * rows[j]![k]!, 0);
    for (const i of texts.keys()) expect(cosine(i, i)).toBeCloseTo(1, 5);
    for (const [i, j] of [
      [0, 2],
      [0, 3],
      [1, 2],
      [1, 3],
    ] as const) {
      expect(cosine(i, j)).toBeLessThan(Math.min(cosine(0, 1), cosine(2, 3)));
    }
    const [alone] = await encode(texts.slice(3));
    for (const [k, value] of alone!.entries()) expect(value).toBeCloseTo(rows[3]![k]!, 5);
  });

  it('takes more sentences than fit in one pass', async () => {
    const texts = Array.from({ length: 70 }, (_, i) => `number ${i}`);
    const rows = await encode(texts);
    expect(rows).toHaveLength(70);
    const [last] = await encode(['number 69']);
    for (const [k, value] of last!.entries()) expect(rows[69]![k]).toBeCloseTo(value, 5);
  });
});
