import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { type Measure, type MetricOptions, metricChecks, testMetric } from './metric.js';
import { failures } from './testing.js';

/** The squared distance of the means. */
const distance: Measure = (samples, reference, width) => {
  const mean = (values: Float32Array, j: number) =>
    values.reduce((sum, value, i) => sum + (i % width === j ? value : 0), 0) / (values.length / width);
  const squares = Array.from({ length: width }, (_, j) => (mean(samples, j) - mean(reference, j)) ** 2);
  if (samples.some(Number.isNaN)) throw new Error('NaN');
  return squares.reduce((a, b) => a + b);
};
const options: MetricOptions = { best: 'lowest', range: [0, Number.POSITIVE_INFINITY], ofItself: 0 };
testMetric('a distance of means', distance, options);

const kept: tf.Tensor[] = [];
const broken: [
  what: string,
  measure: Measure,
  fails: string,
  says: RegExp,
  other?: Partial<MetricOptions>,
][] = [
  [
    'chance',
    () => Math.random(),
    'gives the same number for the same data, which it leaves as it was',
    /a second call/,
  ],
  [
    'one that sorts in place',
    (samples, reference, width) => distance(samples.sort(), reference, width),
    'gives the same number for the same data, which it leaves as it was',
    /the samples after the call/,
  ],
  [
    'one that leaks',
    (...given) => {
      kept.push(tf.scalar(1));
      return distance(...given);
    },
    'gives the same number for the same data, which it leaves as it was',
    /a call leaves 1 tensors behind/,
  ],
  [
    'a bias',
    async (...given) => (await distance(...given)) + 1,
    'gives 0 for the reference itself',
    /the score of the reference: 1/,
  ],
  ['a constant', () => 0, 'tells better samples from worse', /score 0, 0 and 0/],
  [
    'the wrong direction',
    distance,
    'tells better samples from worse',
    /that the highest is best/,
    { best: 'highest' },
  ],
  [
    'a score out of range',
    distance,
    'tells better samples from worse',
    /the score is .*, but expected 0 to 1/,
    { range: [0, 1] },
  ],
  [
    'NaN in, NaN out',
    (samples, reference, width) =>
      distance(
        samples.map((x) => x || 0),
        reference,
        width,
      ),
    'refuses NaN',
    /samples with NaN score/,
  ],
];

it.each(broken)('%s is found', async (_, measure, fails, says, other) => {
  const found = await failures(metricChecks(measure, { ...options, ...other }));
  tf.dispose(kept.splice(0));
  expect(found[fails]).toMatch(says);
});
