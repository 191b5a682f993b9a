import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enableHigherOrderGradients } from '../src/index.js';
import { activations } from './cases/activations.js';
import { arithmetic } from './cases/arithmetic.js';
import { convolutions } from './cases/convolutions.js';
import { images } from './cases/images.js';
import { networks } from './cases/networks.js';
import { reductions } from './cases/reductions.js';
import { shapes } from './cases/shapes.js';
import { type Case, check, nested } from './finiteDifferences.js';

export const table = { activations, arithmetic, convolutions, images, networks, reductions, shapes };

/**
 * Every differentiable operation that GAN layers, losses and architectures use, first and second
 * derivatives (activations: third ones too) against finite differences, alone and inside a longer expression, on one backend.
 */
export function derivativeTable(backend: string, prepare: () => Promise<unknown> = async () => {}): void {
  describe(`derivatives on ${backend}`, () => {
    let previous = '';

    beforeAll(async () => {
      previous = tf.getBackend();
      await prepare();
      await tf.setBackend(backend);
      enableHigherOrderGradients();
    });

    afterAll(async () => {
      await tf.setBackend(previous);
    });

    for (const [family, cases] of Object.entries(table)) {
      describe(family, () => {
        for (const each of cases.flatMap((c: Case) => [c, nested(c)])) {
          it(each.name, () => {
            const leftBefore = tf.memory().numTensors;
            for (const order of family === 'activations' ? [1, 2, 3] : [1, 2]) {
              const { excess, message } = check(each, order);
              expect(excess, `order ${order}: ${message}`).toBeLessThan(1);
            }
            expect(tf.memory().numTensors).toBe(leftBefore);
          });
        }
      });
    }
  });
}
