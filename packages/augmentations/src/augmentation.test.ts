import { stream } from '@ganjs/random';
import { expect, it } from 'vitest';
import { evaluate, images } from '../test/support.js';
import { compose } from './augmentation.js';
import { classic } from './classic.js';
import { instanceNoise } from './instanceNoise.js';

it('composes, each augmentation with a stream of its own', () => {
  const x = () => images([2, 4, 4, 3]);
  const noise = instanceNoise(1);
  const twice = evaluate(() => compose(noise, noise)(x(), stream(1)));
  const byHand = evaluate(() => {
    const once = noise(x(), stream(1).fold('compose', 0));
    return noise(once, stream(1).fold('compose', 1));
  });
  expect(twice).toEqual(byHand);
  expect(evaluate(() => compose()(x(), stream(1)))).toEqual(evaluate(x));
  expect(evaluate(() => compose(classic(), noise)(x(), stream(1)))).not.toEqual(twice);
});
