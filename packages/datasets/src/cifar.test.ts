import { describe, expect, it } from 'vitest';
import { disposeBatch, fromCifar } from './index.js';

/** A record: labels, then planes of which pixel i is (r + i, g + i, b + i) modulo 256. */
const record = (labels: number[], ...colour: number[]) => [
  ...labels,
  ...colour.flatMap((first) => Array.from({ length: 1024 }, (_, i) => (first + i) % 256)),
];
const file = (name: string, ...records: number[][]) => ({ name, bytes: Uint8Array.from(records.flat()) });

describe('fromCifar', () => {
  it('interleaves the planes and reads several files in order', async () => {
    const files = [
      file('1', record([2], 10, 20, 30), record([0], 40, 50, 60)),
      file('2', record([1], 70, 80, 90)),
    ];
    const dataset = fromCifar({ name: 'c', files, labelBytes: 1, classes: ['a', 'b', 'c'] });
    expect(dataset.info).toEqual({
      name: 'c',
      size: 3,
      image: { height: 32, width: 32, channels: 3 },
      classes: ['a', 'b', 'c'],
    });
    for await (const batch of dataset.batches({ batch: 3, seed: 0, epoch: 0 })) {
      const bytes = [...(await batch.images.data())].map((x) => Math.round(x * 127.5 + 127.5));
      for (const [k, label] of (await batch.labels!.data()).entries()) {
        const first = [40, 70, 10][label]!;
        expect(bytes.slice(k * 3072, k * 3072 + 6)).toEqual([0, 10, 20, 1, 11, 21].map((add) => first + add));
      }
      disposeBatch(batch);
    }
  });

  it('takes the fine label of two unless told otherwise', async () => {
    const files = [file('1', record([1, 0], 0, 0, 0))];
    for (const [label, wanted] of [
      [undefined, 0],
      [0, 1],
    ] as const) {
      const dataset = fromCifar({
        name: 'c',
        files,
        labelBytes: 2,
        classes: ['a', 'b'],
        ...(label !== undefined && { label }),
      });
      for await (const batch of dataset.batches({ batch: 1, seed: 0, epoch: 0 })) {
        expect([...(await batch.labels!.data())]).toEqual([wanted]);
        disposeBatch(batch);
      }
    }
  });

  it('refuses a file that is cut off, and a label without class', () => {
    const cut = file('data_batch_1.bin', record([0], 1, 2, 3).slice(1));
    expect(() => fromCifar({ name: 'c', files: [cut], labelBytes: 1, classes: ['a'] })).toThrow(
      /data_batch_1.bin: length is 3072 bytes, expected a positive multiple of the 3073 bytes/,
    );
    const files = [file('1', record([7], 1, 2, 3))];
    expect(() => fromCifar({ name: 'c', files, labelBytes: 1, classes: ['a'] })).toThrow(
      /label of image 0 is 7/,
    );
  });
});
