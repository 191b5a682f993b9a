import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import {
  captionedDataset,
  DatasetError,
  disposeBatch,
  embedCaptions,
  embedTexts,
  memoryStore,
} from './index.js';

const image = { height: 1, width: 1, channels: 1 };
const names = ['red', 'green', 'blue', 'rain', 'rain', 'sun', 'sun', 'moon'];
const dataset = captionedDataset({
  name: 'words',
  images: memoryStore(
    'words',
    Uint8Array.from(names, (_, i) => 30 * i),
    image,
  ),
  captions: names.map((name) => [name]),
});

/** Counts letters: row i of the embedding is 3 at the length of text i, 0 elsewhere. */
function lengthEncoder() {
  const asked: string[][] = [];
  return {
    asked,
    name: 'lengths',
    dimension: 9,
    async encode(texts: readonly string[]) {
      asked.push([...texts]);
      return tf.tensor2d(
        texts.map((text) => Array.from({ length: 9 }, (_, i) => (i === text.length ? 3 : 0))),
      );
    },
  };
}

describe('embedCaptions', () => {
  it('says what it offers', () => {
    expect(dataset.info.captioned).toBe(true);
    expect(embedCaptions(dataset, lengthEncoder()).info).toEqual({ ...dataset.info, embedding: 9 });
  });

  it('gives each caption its own embedding, in every epoch, and encodes it once', async () => {
    const encoder = lengthEncoder();
    const embedded = embedCaptions(dataset, encoder);
    const seen: string[] = [];
    for (const epoch of [0, 1]) {
      for await (const batch of embedded.batches({ batch: 4, seed: 1, epoch })) {
        expect(batch.images.shape).toEqual([4, 1, 1, 1]);
        expect(batch.embeddings.shape).toEqual([4, 9]);
        const rows = batch.embeddings.arraySync();
        for (const [i, caption] of batch.captions.entries()) {
          expect(rows[i]!.map((value, j) => (value !== 0 ? j : -1)).filter((j) => j >= 0)).toEqual([
            caption.length,
          ]);
          expect(Math.hypot(...rows[i]!)).toBeCloseTo(3, 6);
        }
        seen.push(...batch.captions);
        disposeBatch(batch);
      }
    }
    expect(seen).toHaveLength(16);
    expect(encoder.asked.flat().sort()).toEqual([...new Set(names)].sort());
  });

  it('starts where a resumed run does', async () => {
    const captions = async (from: number) => {
      const found: string[][] = [];
      for await (const batch of embedCaptions(dataset, lengthEncoder()).batches({
        batch: 2,
        seed: 3,
        epoch: 1,
        from,
      })) {
        found.push([...batch.captions]);
        disposeBatch(batch);
      }
      return found;
    };
    expect(await captions(2)).toEqual((await captions(0)).slice(2));
  });

  it('refuses what an encoder should not return', async () => {
    const wrong = { ...lengthEncoder(), dimension: 5 };
    const first = () =>
      embedCaptions(dataset, wrong).batches({ batch: 2, seed: 1, epoch: 0 })[Symbol.asyncIterator]().next();
    await expect(first()).rejects.toThrow(DatasetError);
    await expect(first()).rejects.toThrow(
      /text encoder lengths: shape of embeddings is \[2,9\], expected \[2, 5\]/,
    );
  });
});

describe('embedTexts', () => {
  it('scales to the length of noise, and leaves zeros', async () => {
    const embeddings = await embedTexts(lengthEncoder(), ['four', 'longer than nine']);
    expect(embeddings.arraySync()).toEqual([
      [0, 0, 0, 0, 3, 0, 0, 0, 0],
      [0, 0, 0, 0, 0, 0, 0, 0, 0],
    ]);
    embeddings.dispose();
  });
});
