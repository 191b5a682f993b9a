import { OptionError, ShapeError } from '@ganjs/errors';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { number, refuses } from '../../test/evaluate.js';
import { diversitySensitive } from './diversitySensitive.js';
import { modeSeeking } from './modeSeeking.js';
import { pullingAway } from './pullingAway.js';

const images = () => [tf.tensor2d([[0, 1]]), tf.tensor2d([[0.5, 0.5]])] as const;
const latents = () => [tf.tensor2d([[0, 0]]), tf.tensor2d([[1, -1]])] as const;

it('modeSeeking has the worked-out values', () => {
  expect(number(() => modeSeeking(...images(), ...latents()))).toBeCloseTo(1.99996, 5);
  const same = () => tf.ones([1, 2]);
  expect(number(() => modeSeeking(same(), same(), ...latents()))).toBeCloseTo(1e5, -1);
  refuses(() => modeSeeking(...images(), tf.ones([1]), tf.ones([2])), ShapeError);
});

it('diversitySensitive has the worked-out values, and a floor', () => {
  expect(number(() => diversitySensitive(...images(), ...latents()))).toBeCloseTo(-0.499995, 6);
  expect(number(() => diversitySensitive(...images(), ...latents(), { tau: 0.25 }))).toBe(-0.25);
  const same = () => tf.ones([1, 2]);
  expect(number(() => diversitySensitive(...images(), same(), same()))).toBe(-10);
  refuses(() => diversitySensitive(...images(), ...latents(), { tau: -1 }), OptionError, /tau = -1/);
});

it('pullingAway is 0 for orthogonal codes, 1 for parallel ones', () => {
  expect(
    number(() =>
      pullingAway(
        tf.tensor2d([
          [1, 0],
          [1, 1],
          [0, 2],
        ]),
      ),
    ),
  ).toBeCloseTo(1 / 3, 6);
  expect(number(() => pullingAway(tf.ones([4, 3])))).toBeCloseTo(1, 6);
  expect(number(() => pullingAway(tf.mul(3, tf.eye(3))))).toBe(0);
  refuses(() => pullingAway(tf.ones([1, 3])), ShapeError, /batch of 2 or more/);
});

it('pullingAway has a finite gradient for a code of zeros', () => {
  tf.tidy(() => {
    const gradient = tf.grad(pullingAway)(
      tf.tensor2d([
        [0, 0],
        [1, 2],
      ]),
    );
    expect(Array.from(gradient.dataSync()).every(Number.isFinite)).toBe(true);
  });
});
