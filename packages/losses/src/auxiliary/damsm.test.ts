import { OptionError, ShapeError } from '@ganjs/errors';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { number, refuses } from '../../test/evaluate.js';
import { sentenceMatching, wordMatching } from './damsm.js';

/** sin(a n + b), n = 1 …, in a shape [N, D, …] with features second, brought to features last. */
const waves = (a: number, b: number, shape: number[]) => {
  const size = shape.reduce((x, y) => x * y);
  const values = Array.from({ length: size }, (_, i) => Math.sin(a * (i + 1) + b));
  const axes = shape.map((_, i) => i);
  return tf.transpose(tf.tensor(values, shape), [0, ...axes.slice(2), 1]);
};
const words = () => waves(0.7, 0.1, [2, 3, 2]);
const regions = () => waves(0.3, 0.5, [2, 3, 4]);

it('wordMatching has the worked-out value', () => {
  // The authors' code leaves 1/γ₂ out of R, which γ₃ = γ₂ makes up for.
  const loss = number(() => wordMatching(regions(), words(), { gamma1: 4, gamma2: 5, gamma3: 5 }));
  expect(loss).toBeCloseTo(6.2803976e-4 + 9.7167995e-4, 6);
});

it('sentenceMatching has the worked-out value', () => {
  const images = () => waves(0.9, 0.2, [2, 3]);
  const sentences = () => waves(0.4, 0.3, [2, 3]);
  expect(number(() => sentenceMatching(images(), sentences()))).toBeCloseTo(1.06921505 + 9.58589898, 4);
});

it('does not see padding', () => {
  const padded = () => tf.concat([words(), tf.fill([2, 3, 3], 9)], 1);
  const mask = () =>
    tf.tensor2d([
      [1, 1, 0, 0, 0],
      [1, 1, 0, 0, 0],
    ]);
  expect(number(() => wordMatching(regions(), padded(), { mask: mask() }))).toBeCloseTo(
    number(() => wordMatching(regions(), words())),
    6,
  );
});

it('leaves out other captions of the same class', () => {
  const classes = () => tf.tensor1d([7, 7], 'int32');
  expect(number(() => wordMatching(regions(), words(), { classes: classes() }))).toBeCloseTo(0, 6);
});

it('refuses what does not fit', () => {
  refuses(() => wordMatching(regions(), tf.ones([2, 3, 5])), ShapeError, /one space/);
  refuses(() => wordMatching(regions(), words(), { mask: tf.ones([2, 3]) }), ShapeError, /\[2, 2\]/);
  refuses(() => wordMatching(regions(), words(), { gamma2: 0 }), OptionError, /gamma2 = 0/);
  refuses(() => wordMatching(regions(), words(), { classes: tf.ones([2]) }), ShapeError, /int32/);
  refuses(() => sentenceMatching(tf.ones([2, 3]), tf.ones([3, 3])), ShapeError);
});
