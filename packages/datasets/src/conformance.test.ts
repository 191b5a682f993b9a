import { testDataset } from '@ganjs/testkit';
import * as tf from '@tensorflow/tfjs';
import {
  captionedDataset,
  embedCaptions,
  fromArrays,
  gaussianGrid,
  gaussianRing,
  gaussianSpiral,
  memoryStore,
  pairedDataset,
  superResolution,
  unpairedDataset,
} from './index.js';

const image = { height: 4, width: 4, channels: 1 };
const bytes = (count: number, step: number) =>
  Uint8Array.from({ length: count * 16 }, (_, i) => (i * step) % 256);
const store = (count: number, step: number) => memoryStore('bytes', bytes(count, step), image);

const plain = () => fromArrays({ name: 'plain', images: bytes(20, 7), image });
const captioned = () =>
  captionedDataset({
    name: 'captioned',
    images: store(20, 7),
    captions: Array.from({ length: 20 }, (_, i) => [`number ${i}`, `the ${i}th`]),
  });

testDataset('fromArrays', plain);
testDataset('fromArrays with labels', () =>
  fromArrays({
    name: 'labelled',
    images: bytes(20, 7),
    image,
    labels: Uint8Array.from({ length: 20 }, (_, i) => i % 3),
  }),
);
testDataset('pairedDataset', () =>
  pairedDataset({ name: 'pairs', sources: store(20, 3), images: store(20, 7) }),
);
testDataset('unpairedDataset', () =>
  unpairedDataset({ name: 'domains', sources: store(13, 3), images: store(20, 7) }),
);
testDataset('superResolution', () => superResolution(plain(), 2));
testDataset('captionedDataset', captioned);
testDataset('embedCaptions', () => {
  const encode = async (texts: readonly string[]) =>
    tf.tensor2d(texts.map((text) => [text.length, text.charCodeAt(0), 1]));
  return embedCaptions(captioned(), { name: 'letters', dimension: 3, encode });
});
testDataset('gaussianRing', () => gaussianRing(100));
testDataset('gaussianGrid', () => gaussianGrid(100));
testDataset('gaussianSpiral', () => gaussianSpiral(100));
