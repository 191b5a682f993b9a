import type * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import {
  type Case,
  cases,
  type Evaluate,
  expectAgreement,
} from '../../../tools/reference/losses/recorded.js';
import { transformColor } from '../src/ada/color.js';
import { transformGeometry } from '../src/ada/geometry.js';
import { transformClassic } from '../src/classic.js';
import { brightness, contrast, saturation } from '../src/diffAugment/color.js';
import { cutout } from '../src/diffAugment/cutout.js';
import { translate } from '../src/diffAugment/translation.js';

const of = (x: Record<string, tf.Tensor>) => x.images as tf.Tensor4D;

/** How each recorded function is called here: the same names as in tools/reference/augmentations. */
const functions: Record<string, Evaluate> = {
  brightness: (x, { values }) => brightness(of(x), Float32Array.from(values)),
  saturation: (x, { values }) => saturation(of(x), Float32Array.from(values)),
  contrast: (x, { values }) => contrast(of(x), Float32Array.from(values)),
  translate: (x, { right, down }) => translate(of(x), Int32Array.from(right), Int32Array.from(down)),
  cutout: (x, { left, top, width, height }) =>
    cutout(of(x), Int32Array.from(left), Int32Array.from(top), width, height),
  geometry: (x, { geometries }) => transformGeometry(of(x), geometries),
  color: (x, { colors }) => transformColor(of(x), colors),
  classic: (x, { maps, factors }) => {
    const rows = maps as [boolean, number, number][];
    return transformClassic(of(x), {
      flips: rows.map(([flip]) => Number(flip)),
      turns: rows.map(([, turns]) => turns),
      zooms: rows.map(([, , zoom]) => zoom),
      contrasts: Float32Array.from(factors),
    });
  },
};

const byFunction = new Map<string, Case[]>();
for (const one of cases('augmentations', 'augmentations')) {
  byFunction.set(one.function, [...(byFunction.get(one.function) ?? []), one]);
}

describe.each([...byFunction])('%s against PyTorch', (name, recorded) => {
  it('agrees on at least three shapes', () => {
    expect(new Set(recorded.map(({ inputs }) => inputs.images!.shape.join())).size).toBeGreaterThanOrEqual(3);
  });

  it.each(recorded.map((one, i) => [`case ${i}`, one] as const))('%s', (_, one) => {
    expectAgreement(one, functions[name]!);
  });
});
