import { stream } from '@ganjs/random';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import {
  type Batch,
  captionedDataset,
  type Dataset,
  DatasetError,
  disposeBatch,
  embedTexts,
  fromArrays,
  fromCifar,
  fromIdx,
  fromImageFiles,
  type ImageStore,
  imageDataset,
  memoryStore,
  mixture,
  pairedDataset,
  resizeBicubic,
  unpairedDataset,
} from './index.js';

const image = { height: 2, width: 2, channels: 1 };
const bytes = Uint8Array.of(0, 51, 204, 255, 10, 20, 30, 40);
const name = 'mine';

/** As JavaScript, or data of another library, hands things over: without types. */
const untyped = <T>(value: unknown) => value as T;

const refusal = (act: () => unknown) => {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(DatasetError);
    return (error as Error).message;
  }
  throw new Error('nothing was refused');
};

/** The first batch of `size`, in the order of the dataset. */
async function firstBatch<B extends Batch>(dataset: Dataset<B>, size: number): Promise<B> {
  for await (const batch of dataset.batches({ batch: size, seed: 1, epoch: 0 })) return batch;
  throw new Error('the dataset is empty');
}

const notBytes: readonly (readonly [kind: string, values: unknown, fix: string])[] = [
  ['Float32Array', Float32Array.from(bytes, (x) => x / 255), 'Math.round(255 * x)'],
  ['Float32Array', Float32Array.from(bytes, (x) => x / 127.5 - 1), 'Math.round(127.5 * x + 127.5)'],
  ['Float64Array', Float64Array.from(bytes), 'Math.round'],
  ['Array', [...bytes], 'Uint8Array.from(values)'],
  ['Int8Array', Int8Array.from(bytes), 'Uint8Array.from(values)'],
  ['Uint16Array', Uint16Array.from(bytes), 'Uint8Array.from(values)'],
  ['Int32Array', Int32Array.from(bytes), 'Uint8Array.from(values)'],
  ['ArrayBuffer', bytes.buffer, 'new Uint8Array(buffer)'],
  ['Undefined', undefined, 'Uint8Array.from(values)'],
];

describe('images as typed arrays', () => {
  it('may be what a canvas gives: a Uint8ClampedArray', async () => {
    const clamped = fromArrays({ name, images: Uint8ClampedArray.from(bytes), image });
    const [batch, same] = await Promise.all(
      [clamped, fromArrays({ name, images: bytes, image })].map((dataset) => firstBatch(dataset, 2)),
    );
    expect(await batch!.images.data()).toEqual(await same!.images.data());
    for (const one of [batch, same]) disposeBatch(one!);
  });

  it.each(notBytes)('are not taken as bytes when they are none: %s', (kind, values, fix) => {
    const images = untyped<Uint8Array>(values);
    for (const act of [() => fromArrays({ name, images, image }), () => memoryStore(name, images, image)]) {
      const message = refusal(act);
      expect(message).toContain(
        `mine: images is of the kind ${kind}, expected a Uint8Array or Uint8ClampedArray`,
      );
      expect(message).toContain(fix);
    }
  });

  it('fit their shape, whose sizes are whole numbers', () => {
    expect(refusal(() => fromArrays({ name, images: bytes.subarray(1), image }))).toMatch(
      /length of images is 7, expected a positive multiple of 2 x 2 x 1 = 4/,
    );
    for (const height of [0.5, 0, -2, Number.NaN, undefined]) {
      const shape = untyped<typeof image>({ ...image, height });
      expect(refusal(() => fromArrays({ name, images: bytes, image: shape }))).toMatch(
        /image.height is .*, expected an integer >= 1/,
      );
    }
  });
});

describe('labels', () => {
  const labelled = (labels: unknown, classes?: unknown) => () =>
    fromArrays({
      name,
      images: bytes,
      image,
      labels: untyped<number[]>(labels),
      ...(classes !== undefined && { classes: untyped<string[]>(classes) }),
    });

  it('may be whole numbers in any array', async () => {
    for (const labels of [[1, 0], Uint8Array.of(1, 0), Int32Array.of(1, 0), Float32Array.of(1, 0)]) {
      const batch = await firstBatch(labelled(labels)(), 2);
      expect([...(await batch.labels!.data())].sort()).toEqual([0, 1]);
      disposeBatch(batch);
    }
  });

  it.each([
    [[0, 1, 1], ['a', 'b'], /number of labels is 3, expected 2, one per image/],
    [[0], undefined, /number of labels is 1/],
    [7, undefined, /labels is of the kind Number, expected an array/],
    [[0, 2], ['a', 'b'], /label of image 1 is 2, expected an integer from 0 to 1/],
    [[0, -1], undefined, /label of image 1 is -1, expected an integer >= 0/],
    [Float32Array.of(0, 0.5), ['a', 'b'], /label of image 1 is 0.5/],
    [[0, Number.NaN], undefined, /label of image 1 is NaN, expected an integer >= 0/],
    [BigInt64Array.of(0n, 1n), undefined, /label of image 0 is the bigint 0, expected an integer >= 0/],
    [['0', '1'], ['a', 'b'], /label of image 0 is the string 0, expected an integer from 0 to 1/],
    [[0, 1], 2, /classes is of the kind Number, expected an array of names/],
  ])('are refused as %o of classes %o', (labels, classes, message) => {
    expect(refusal(labelled(labels, classes))).toMatch(message);
  });
});

describe('an image store', () => {
  const store = (read: ImageStore['read']): ImageStore => ({ size: 2, image, read });
  const good = memoryStore(name, bytes, image);
  const wrong: readonly (readonly [unknown, RegExp])[] = [
    [new Float32Array(8), /what the image store reads is of the kind Float32Array/],
    [new Uint8Array(4), /length of what the image store reads is 4, expected 2 x 2 x 2 x 1 = 8 bytes/],
  ];
  it.each(wrong)('must read the bytes that it promises: %o', async (values, message) => {
    const images = store(() => untyped<Uint8Array>(values));
    for (const dataset of [
      imageDataset({ name, images }),
      captionedDataset({ name, images, captions: [['a'], ['b']] }),
      pairedDataset({ name, images, sources: good }),
      pairedDataset({ name, images: good, sources: images }),
      unpairedDataset({ name, images: good, sources: images }),
    ]) {
      await expect(firstBatch<Batch>(dataset, 2)).rejects.toThrow(message);
      await expect(firstBatch<Batch>(dataset, 2)).rejects.toThrow(DatasetError);
    }
  });

  it('may read a Uint8ClampedArray', async () => {
    const batch = await firstBatch(imageDataset({ name, images: store(() => new Uint8ClampedArray(8)) }), 2);
    expect([...(await batch.images.data())]).toEqual(new Array(8).fill(-1));
    disposeBatch(batch);
  });

  it('says a shape and a size that are whole numbers', () => {
    const images = { ...good, size: 1.5 };
    expect(refusal(() => imageDataset({ name, images }))).toMatch(
      /number of images is 1.5, expected an integer >= 1/,
    );
    const sources = { ...good, image: { ...image, width: 2.5 } };
    for (const make of [pairedDataset, unpairedDataset]) {
      expect(refusal(() => make({ name, images: good, sources }))).toMatch(/image.width is 2.5/);
    }
    expect(refusal(() => unpairedDataset({ name, images: good, sources: { ...good, size: 0 } }))).toMatch(
      /number of images is 0/,
    );
  });
});

describe('captions', () => {
  it.each([
    ['a sentence', /captions is of the kind String/],
    [['one', 'two'], /captions of image 0 is of the kind String, expected a list of sentences/],
    [[['one'], [2]], /captions of image 1 is a list with Number in it, expected a list of sentences/],
    [[['one'], []], /captions of image 1 is an empty list/],
    [[['one']], /captions is 1 lists, expected .* 2 images/],
  ])('are a list of sentences for each image, not %j', (captions, message) => {
    const images = memoryStore(name, bytes, image);
    expect(
      refusal(() => captionedDataset({ name, images, captions: untyped<string[][]>(captions) })),
    ).toMatch(message);
  });
});

describe('embeddings', () => {
  it.each(['int32', 'bool'] as const)('of a text encoder are float32, not %s', async (dtype) => {
    const encode = async () => tf.tensor2d([[1, 0, 1]], [1, 3], dtype);
    const embedding = embedTexts({ name: 'words', dimension: 3, encode }, ['a']);
    await expect(embedding).rejects.toThrow(DatasetError);
    await expect(embedding).rejects.toThrow(
      `text encoder words: dtype of embeddings is ${dtype}, expected float32`,
    );
  });
});

describe('files', () => {
  it.each(notBytes)('of idx and CIFAR are bytes, not %s', async (kind, values) => {
    const file = untyped<Uint8Array<ArrayBuffer>>(values);
    const reading = fromIdx({ name, images: file });
    await expect(reading).rejects.toThrow(`mine images: content is of the kind ${kind}`);
    await expect(reading).rejects.toThrow(DatasetError);
    const cifar = () =>
      fromCifar({ name, files: [{ name: 'b.bin', bytes: file }], labelBytes: 1, classes: ['a'] });
    expect(refusal(cifar)).toContain(`b.bin: content is of the kind ${kind}`);
  });

  it('of CIFAR have the label byte that is asked for', () => {
    const files = [{ name: 'b.bin', bytes: new Uint8Array(3073) }];
    expect(refusal(() => fromCifar({ name, files, labelBytes: 1, label: 1, classes: ['a'] }))).toMatch(
      /label is 1, expected an integer from 0 to 0/,
    );
    const none = untyped<1>(0);
    expect(refusal(() => fromCifar({ name, files, labelBytes: none, classes: ['a'] }))).toMatch(
      /labelBytes is 0/,
    );
  });

  it.each([
    ['Float32Array', new Float32Array(4), /of the kind Float32Array/],
    ['too few bytes', new Uint8Array(3), /a.png: length of .* is 3, expected 1 x 2 x 2 x 1 = 4 bytes/],
  ])('are skipped when the decoder gives %s', async (_, decoded, message) => {
    const file = { path: 'a.png', bytes: async () => new Uint8Array(1) };
    const decode = async () => untyped<Uint8Array>(decoded);
    const reading = fromImageFiles([file], { name, size: 2, channels: 1, decode });
    await expect(reading).rejects.toThrow(message);
    await expect(reading).rejects.toThrow(DatasetError);
  });
});

describe('numbers', () => {
  it('of a mixture are points of two, and a whole number of them', () => {
    const make = (changes: object) => () =>
      mixture({ name, modes: [[0, 0]], deviation: 0.01, ...untyped<{ size?: number }>(changes) });
    expect(refusal(make({ modes: [[0]] }))).toMatch(/modes is \(0\), expected/);
    expect(refusal(make({ modes: [[0, 0, 0]] }))).toMatch(/modes is \(0, 0, 0\)/);
    expect(refusal(make({ modes: Float32Array.of(0, 0) }))).toMatch(/modes is \(0\)/);
    for (const size of [0, 2.5, Number.NaN]) {
      expect(refusal(make({ size }))).toMatch(/size is .*, expected an integer >= 1/);
    }
  });

  it('that are resized fit their shape', () => {
    const values = Float32Array.from(stream(1).uniform(8));
    const resize = (shape: readonly [number, number, number, number], size: object) => () =>
      resizeBicubic(values, shape, { height: 1, width: 1, ...size });
    expect(refusal(resize([2, 2, 2, 2], {}))).toMatch(/length of values is 8, expected 2 x 2 x 2 x 2 = 16/);
    expect(refusal(resize([1, 2, 2, 2], { width: 1.5 }))).toMatch(/width is 1.5, expected an integer >= 1/);
    expect(resize([1, 2, 2, 2], {})()).toHaveLength(2);
  });
});
