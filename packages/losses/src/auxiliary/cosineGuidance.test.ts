import { ShapeError } from '@ganjs/errors';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { evaluate, number, refuses } from '../../test/evaluate.js';
import { cosineGuidance, sphericalGuidance } from './cosineGuidance.js';

const text = () => tf.tensor2d([[2, 0]]);
/** An embedding at the given angle from the text's. */
const at = (angle: number) => tf.tensor2d([[3 * Math.cos(angle), 3 * Math.sin(angle)]]);

it('sphericalGuidance is the squared angle, from 0 to π²', () => {
  for (const [cos, want] of [
    [1, 0],
    [0.5, 1.0966227],
    [0, 2.4674011],
    [-1, 9.8696044],
  ] as const) {
    expect(number(() => sphericalGuidance(at(Math.acos(cos)), text()))).toBeCloseTo(want, 4);
  }
});

it('sphericalGuidance has a finite gradient at both ends', () => {
  for (const angle of [0, Math.PI]) {
    const gradient = evaluate(() => tf.grad((x: tf.Tensor) => sphericalGuidance(x, text()))(at(angle)));
    expect(gradient.every(Number.isFinite)).toBe(true);
  }
});

it('cosineGuidance goes from 0 to 2 and ignores lengths', () => {
  expect(number(() => cosineGuidance(at(0), text()))).toBeCloseTo(0, 6);
  expect(number(() => cosineGuidance(at(Math.PI / 2), text()))).toBeCloseTo(1, 6);
  expect(number(() => cosineGuidance(at(Math.PI), text()))).toBeCloseTo(2, 6);
});

it('refuses embeddings of different spaces', () => {
  refuses(() => cosineGuidance(tf.ones([1, 3]), text()), ShapeError);
  refuses(() => sphericalGuidance(tf.ones([2]), tf.ones([2])), ShapeError);
});
