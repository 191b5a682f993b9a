import { ShapeError } from '@ganjs/errors';
import * as tf from '@tensorflow/tfjs';
import { expect, expectTypeOf, it } from 'vitest';
import { fake, number, real, refuses } from '../../test/evaluate.js';
import { MissingInputError } from '../errors.js';
import type { Reduction } from '../reduction.js';
import type { AdversarialLoss } from './adversarialLoss.js';
import { hinge } from './hinge.js';
import { nonSaturating } from './nonSaturating.js';
import { type RelativisticLoss, relativistic } from './relativistic.js';

it('with the non-saturating base is mean softplus(fake - real), and its mirror image for G', () => {
  const loss = relativistic(nonSaturating());
  // Both pairs differ by 1.
  expect(number(() => loss.discriminator(real(), fake()))).toBeCloseTo(Math.log1p(Math.exp(-1)), 6);
  expect(number(() => loss.generator(fake(), real()))).toBeCloseTo(Math.log1p(Math.exp(1)), 6);
});

it('carries the name of its base', () => {
  expect(relativistic(hinge).name).toBe('relativistic hinge');
});

it('needs the scores of reals in the generator step, and says so', () => {
  const loss = relativistic(nonSaturating());
  expect(loss.generatorNeedsReal).toBe(true);
  expectTypeOf<Parameters<RelativisticLoss['generator']>>().toEqualTypeOf<
    [fake: tf.Tensor, real: tf.Tensor, reduction?: Reduction]
  >();
  const general: AdversarialLoss = loss;
  refuses(() => general.generator(fake()), MissingInputError, /second argument/);
});

it('pairs the samples, so the batches have one size', () => {
  refuses(() => relativistic(hinge).discriminator(real(), tf.zeros([3])), ShapeError);
});
