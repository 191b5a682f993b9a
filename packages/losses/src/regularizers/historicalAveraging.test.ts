import { OptionError, ShapeError } from '@ganjs/errors';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { number, refuses } from '../../test/evaluate.js';
import { historicalAveraging, nextHistoricalMeans } from './historicalAveraging.js';

const one = (x: number) => [tf.scalar(x)];

it('has the worked-out values for the weights 1, 2, 4', () => {
  const meanOf = (weights: number[]) =>
    weights.reduce((mean, w, i) => number(() => nextHistoricalMeans(one(mean), one(w), i + 1)[0]!), 0);
  expect(meanOf([1, 2, 4])).toBeCloseTo(7 / 3, 5);
  expect(number(() => historicalAveraging(one(4), one(meanOf([1, 2, 4]))))).toBeCloseTo(2.7777778, 5);
  expect(number(() => historicalAveraging(one(4), one(meanOf([1, 2]))))).toBeCloseTo(6.25, 5);
});

it('refuses lists that do not fit', () => {
  refuses(() => historicalAveraging(one(1), []), ShapeError, /1 weights and 0 means/);
  refuses(() => historicalAveraging(one(1), [tf.ones([2])]), ShapeError, /mean 0/);
  refuses(() => nextHistoricalMeans(one(1), one(1), 0), OptionError);
});
