import { describe, expect, it } from 'vitest';
import { expectAgreement } from '../../../tools/reference/losses/recorded.js';
import * as losses from '../src/index.js';
import { functions } from './functions.js';
import { recordings } from './recordings.js';

/** Exports that are not functions of tensors to be compared: plain arithmetic with tests of its own, and errors. */
const ownTests = ['lazy', 'lazyAdamRates', 'MissingInputError', 'OptionError', 'ShapeError'];

describe.each([...recordings])('%s against PyTorch', (name, recorded) => {
  it('agrees on at least three shapes', () => {
    const shapes = new Set(
      recorded.map(({ inputs }) =>
        Object.values(inputs)
          .map(({ shape }) => shape.join())
          .join(';'),
      ),
    );
    expect(shapes.size).toBeGreaterThanOrEqual(3);
  });

  it.each(recorded.map((one, i) => [`case ${i}`, one] as const))('%s', (_, one) => {
    expectAgreement(one, functions[name]!);
  });
});

it('compares every exported function of tensors', () => {
  const covered = new Set([...recordings.keys()].map((name) => name.match(/^\w+/)![0]));
  const missing = Object.keys(losses).filter((name) => !covered.has(name) && !ownTests.includes(name));
  expect(missing).toEqual([]);
});
