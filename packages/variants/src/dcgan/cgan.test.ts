import { expect, it } from 'vitest';
import { grouped, last, play, testOwnVariant } from '../testing.js';
import { cgan } from './cgan.js';
import { smallFamily } from './smallFamily.testing.js';

testOwnVariant(cgan, { small: smallFamily });

it('the label changes what cgan generates', async () => {
  const { images } = last(await play(cgan, { settings: grouped(smallFamily) }), 'sample');
  const { data: pixels } = images;
  expect(pixels.slice(0, 64)).not.toEqual(pixels.slice(64, 128));
});
