import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { DatasetError, disposeBatch, fromIdx, readIdx } from './index.js';

/** An idx file of unsigned bytes counting up from 0. */
function idx(...shape: number[]): Uint8Array<ArrayBuffer> {
  const count = shape.reduce((a, b) => a * b, 1);
  const file = new Uint8Array(4 + 4 * shape.length + count);
  const view = new DataView(file.buffer);
  view.setUint32(0, 0x0800 + shape.length);
  for (const [i, length] of shape.entries()) view.setUint32(4 + 4 * i, length);
  for (let i = 0; i < count; i++) file[4 + 4 * shape.length + i] = i;
  return file;
}
const gz = (bytes: Uint8Array) => new Uint8Array(gzipSync(bytes));

describe('readIdx', () => {
  it('reads plain and gzipped files alike', async () => {
    const plain = await readIdx(idx(2, 3, 4), 'plain', 3);
    expect(plain.shape).toEqual([2, 3, 4]);
    expect([...plain.data]).toEqual(Array.from({ length: 24 }, (_, i) => i));
    expect(await readIdx(gz(idx(2, 3, 4)), 'gz', 3)).toEqual(plain);
  });

  const flipped = gz(idx(40, 28, 28));
  flipped[flipped.length - 6]! ^= 1; // in the checksum
  const float = idx(2, 2);
  float[2] = 0x0d;
  it.each([
    [
      'cut off',
      idx(2, 3, 4).subarray(0, 30),
      3,
      /cut off: length is 30 bytes, expected 40 bytes for its shape 2 x 3 x 4/,
    ],
    ['too long', new Uint8Array([...idx(3), 9]), 1, /length is 12 bytes, expected 11 bytes/],
    ['no header', new Uint8Array(7), 1, /length is 7 bytes, expected at least the 8 bytes of a header/],
    [
      'swapped',
      idx(5),
      3,
      /magic number is 0x00000801, expected 0x00000803|length is 13 bytes, expected at least/,
    ],
    ['labels for images', idx(50), 3, /magic number is 0x00000801, expected 0x00000803 .*were not swapped/],
    ['floats', float, 2, /magic number is 0x00000d02, expected 0x00000802/],
    ['a png', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0]), 1, /magic number is 0x89504e47/],
    ['no image', idx(0, 28, 28), 3, /shape is 0 x 28 x 28/],
    [
      'gz cut off',
      gz(idx(40, 28, 28)).subarray(0, -20),
      3,
      /gz cut off: gzip stream is broken .*fetch or unpack it again/,
    ],
    ['gz with a flipped bit', flipped, 3, /gzip stream is broken/],
  ] as [string, Uint8Array<ArrayBuffer>, number, RegExp][])(
    'refuses a file that is %s',
    async (where, file, dimensions, message) => {
      const reading = readIdx(file, where, dimensions);
      await expect(reading).rejects.toThrow(message);
      await expect(reading).rejects.toBeInstanceOf(DatasetError);
    },
  );
});

describe('fromIdx', () => {
  it('makes gray images with labels', async () => {
    const digits = await fromIdx({
      name: 'd',
      images: idx(3, 2, 2),
      labels: gz(idx(3)),
      classes: ['a', 'b', 'c'],
    });
    expect(digits.info).toEqual({
      name: 'd',
      size: 3,
      image: { height: 2, width: 2, channels: 1 },
      classes: ['a', 'b', 'c'],
    });
    for await (const batch of digits.batches({ batch: 3, seed: 0, epoch: 0 })) {
      const firstPixels = (await batch.images.data()).filter((_, i) => i % 4 === 0);
      expect([...firstPixels].map((x) => Math.round((x * 127.5 + 127.5) / 4))).toEqual([
        ...(await batch.labels!.data()),
      ]);
      disposeBatch(batch);
    }
  });

  it('refuses labels of another length, naming both files', async () => {
    const files = { images: 'train-images', labels: 'test-labels' };
    await expect(fromIdx({ name: 'd', images: idx(3, 2, 2), labels: idx(4), files })).rejects.toThrow(
      /test-labels: number of labels is 4, expected 3, one per image of train-images/,
    );
  });
});
