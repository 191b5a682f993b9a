import { OptionError } from '@ganjs/errors';
import { expect, it } from 'vitest';
import { refuses } from '../../test/evaluate.js';
import { lazy, lazyAdamRates } from './lazy.js';

it('fires every interval-th step, and keeps the average strength at 1', () => {
  const factors = Array.from({ length: 32 }, (_, step) => lazy(step, 16));
  expect(factors.filter((factor) => factor > 0)).toEqual([16, 16]);
  expect(factors[0]).toBe(16);
});

it("gives Adam StyleGAN2's rates", () => {
  const generator = lazyAdamRates({ learningRate: 0.002, beta1: 0, beta2: 0.99 }, 4);
  expect(generator.learningRate).toBeCloseTo(0.0016, 10);
  expect(generator.beta1).toBe(0);
  expect(generator.beta2).toBeCloseTo(0.99199197, 8);
  const discriminator = lazyAdamRates({ learningRate: 0.002, beta1: 0, beta2: 0.99 }, 16);
  expect(discriminator.learningRate).toBeCloseTo(0.00188235, 8);
  expect(discriminator.beta2).toBeCloseTo(0.99058546, 8);
});

it('refuses an interval below 1', () => {
  refuses(() => lazy(0, 0), OptionError);
  refuses(() => lazy(0.5, 2.5), OptionError);
  refuses(() => lazyAdamRates({ learningRate: 1, beta1: 0, beta2: 0 }, 0), OptionError);
});
