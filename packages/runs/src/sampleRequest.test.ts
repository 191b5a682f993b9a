import {
  captionedDataset,
  disposeBatch,
  embedCaptions,
  memoryStore,
  type TextEncoder,
} from '@ganjs/datasets';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { previewOfCaptions } from './sampleRequest.js';

/** Counts letters. */
function letters(): TextEncoder & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    name: 'letters',
    dimension: 3,
    asked,
    async encode(texts) {
      asked.push(...texts);
      return tf.tensor2d(texts.map((text) => [text.length, text.charCodeAt(0), 1]));
    },
  };
}

describe('what is drawn from captions', () => {
  it("is given what a dataset's batches give: captions and embeddings, a row for each image, in order", async () => {
    const encoder = letters();
    const preview = await previewOfCaptions(encoder, ['a cat', 'the moon'], 5);
    const rows = ['a cat', 'the moon', 'a cat', 'the moon', 'a cat'];
    const given = preview.condition as unknown as { captions: string[]; embeddings: tf.Tensor2D };
    expect(preview.n).toBe(5);
    expect(given.captions).toEqual(rows);
    expect(encoder.asked, 'each sentence is encoded once').toEqual(['a cat', 'the moon']);

    const image = { height: 1, width: 1, channels: 1 };
    const images = memoryStore('emoji', new Uint8Array(5), image);
    const data = embedCaptions(
      captionedDataset({ name: 'emoji', images, captions: rows.map((row) => [row]) }),
      letters(),
    );
    const own = await given.embeddings.array();
    for await (const { images: real, ...batch } of data.batches({ batch: 5, seed: 1, epoch: 0 })) {
      expect(Object.keys(given).sort()).toEqual(Object.keys(batch).sort());
      const embeddings = await batch.embeddings.array();
      for (const [i, caption] of batch.captions.entries()) {
        expect(own[rows.indexOf(caption)]).toEqual(embeddings[i]);
      }
      disposeBatch({ images: real, ...batch });
    }
    preview.dispose();
  });

  it('stands in columns, eight images each', async () => {
    const preview = await previewOfCaptions(letters(), ['a', 'b', 'c']);
    expect(preview.n).toBe(24);
    const { data, height, width } = preview.picture({
      data: new Float32Array(24 * 16),
      shape: [24, 4, 4, 1],
    });
    expect(data.length).toBe(height * width);
    expect(height).toBeGreaterThan(2 * width);
    preview.dispose();
  });
});
