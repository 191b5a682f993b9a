import { OptionError } from '@ganjs/errors';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { fake, number, real, refuses } from '../../test/evaluate.js';
import { lecam, nextLecamAnchors } from './lecam.js';

it('has the worked-out value', () => {
  expect(number(() => lecam(real(), fake(), { real: 1, fake: -0.5 }))).toBeCloseTo(4.75, 5);
});

it('moves the anchors towards the mean scores', () => {
  const start = { real: 0, fake: tf.scalar(1) };
  expect(number(() => nextLecamAnchors(start, real(), fake()).real)).toBeCloseTo(0.125, 6);
  expect(number(() => nextLecamAnchors(start, real(), fake()).fake)).toBeCloseTo(0.925, 6);
  expect(number(() => nextLecamAnchors(start, real(), fake(), 0).real)).toBeCloseTo(1.25, 6);
  start.fake.dispose();
});

it('refuses a decay that is none', () => {
  refuses(() => nextLecamAnchors({ real: 0, fake: 0 }, real(), fake(), 1.5), OptionError);
});
