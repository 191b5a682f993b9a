import type { AdversarialLoss } from '@ganjs/losses';
import { stream } from '@ganjs/random';
import * as tf from '@tensorflow/tfjs';
import { type Check, ensure, ensureFinite, ensureNoLeak, ensureSame, register } from './check.js';

/** Scores of six samples: one each, one each in a column, and maps of patches. */
const SHAPES: readonly (readonly number[])[] = [[6], [6, 1], [6, 3, 2, 1]];
/** Logits of a discriminator that is very sure. */
const EXTREME = 1e3;

/**
 * Registers what every adversarial loss must satisfy: for scores [n], [n, 1] and maps of patches it gives one finite
 * number and finite gradients, even where the discriminator is very sure; the generator pulls fakes where the
 * discriminator pushes them from; it changes nothing, repeats itself, and leaves no tensor behind.
 *
 * @example
 * testLoss(hinge);
 */
export function testLoss(loss: AdversarialLoss): void {
  register(`${loss.name} as an adversarial loss`, lossChecks(loss));
}

/** The checks of {@link testLoss}. */
export function lossChecks(loss: AdversarialLoss): Check[] {
  const sides = {
    discriminator: (real: tf.Tensor, fake: tf.Tensor) => loss.discriminator(real, fake),
    generator: (real: tf.Tensor, fake: tf.Tensor) => loss.generator(fake, real),
  };
  const entries = Object.entries(sides);
  return [
    {
      name: 'gives one finite number for scores of any shape',
      run: () =>
        tf.tidy(() => {
          for (const shape of SHAPES) {
            for (const [side, f] of entries) {
              const value = f(scores(shape, 'real'), scores(shape, 'fake'));
              ensure(value.rank === 0, `${side} gives shape [${value.shape}] for [${shape}]`, 'a scalar');
              ensureFinite(value.dataSync(), `${side} for [${shape}]`);
            }
          }
        }),
    },
    {
      name: 'does not mind whether scores stand in a column',
      run: () =>
        tf.tidy(() => {
          for (const [side, f] of entries) {
            const [row, column] = [[6], [6, 1]].map((shape) =>
              f(scores(shape, 'real'), scores(shape, 'fake')),
            );
            ensureSame(column!.dataSync(), row!.dataSync(), `${side} for [6, 1] beside [6]`, 1e-6);
          }
        }),
    },
    {
      name: 'has finite values and gradients, even for scores of 1,000',
      run: () =>
        tf.tidy(() => {
          for (const [a, b] of [
            [1, -1],
            [-1, 1],
            [1, 1],
            [-1, -1],
          ] as const) {
            const [real, fake] = [a, b].map((sign) => tf.fill([6, 1], sign * EXTREME)) as [
              tf.Tensor,
              tf.Tensor,
            ];
            for (const [side, f] of entries) {
              const where = `${side} for real ${a * EXTREME} and fake ${b * EXTREME}`;
              ensureFinite(f(real, fake).dataSync(), where);
              for (const gradient of Object.values(gradients(f, real, fake))) {
                ensureFinite(gradient, `the gradient of ${where}`);
              }
            }
          }
        }),
    },
    {
      name: 'sets the players against each other',
      run: () =>
        tf.tidy(() => {
          const [real, fake] = [tf.fill([6, 1], 0.25), tf.fill([6, 1], 0.25)];
          const discriminator = gradients(sides.discriminator, real, fake);
          const generator = gradients(sides.generator, real, fake);
          const sign = (values: Float32Array) => Math.sign(values.reduce((sum, value) => sum + value, 0));
          const [ofReal, ofFake, wanted] = [
            sign(discriminator.real),
            sign(discriminator.fake),
            sign(generator.fake),
          ];
          const came = `at equal scores the discriminator's gradients have signs ${ofReal} (real) and ${ofFake} (fake)`;
          ensure(ofReal * ofFake === -1, came, 'opposite ones');
          ensure(
            ofFake * wanted === -1,
            `${came}, the generator's ${wanted}`,
            'that the generator undoes what the discriminator does to fakes',
          );
        }),
    },
    {
      name: 'changes nothing, repeats itself and leaves no tensor behind',
      run: () =>
        ensureNoLeak('the test of a loss', async () => {
          for (const [side, f] of entries) {
            const [real, fake] = [scores([6, 1], 'real'), scores([6, 1], 'fake')];
            const [before, first, second] = await ensureNoLeak(side, async () => {
              const copies = [real.dataSync().slice(), fake.dataSync().slice()] as const;
              const values = [f(real, fake), f(real, fake)];
              const numbers = values.map((value) => value.dataSync());
              tf.dispose(values);
              return [copies, numbers[0]!, numbers[1]!] as const;
            });
            ensureSame(second, first, `${side} called again`);
            ensureSame(real.dataSync(), before[0], `the real scores after ${side}`);
            ensureSame(fake.dataSync(), before[1], `the fake scores after ${side}`);
            tf.dispose([real, fake]);
          }
        }),
    },
  ];
}

/** The same scores for the same name, whatever their shape. */
function scores(shape: readonly number[], name: string): tf.Tensor {
  const size = tf.util.sizeFromShape([...shape]);
  return tf.tensor(stream(1, name).normal(size), [...shape]);
}

function gradients(f: (real: tf.Tensor, fake: tf.Tensor) => tf.Scalar, real: tf.Tensor, fake: tf.Tensor) {
  // A sum times zero connects both, so that a loss without one of them has a gradient of zero.
  const connected = (r: tf.Tensor, g: tf.Tensor) =>
    tf.add(f(r, g), tf.mul(0, tf.add(tf.sum(tf.sign(r)), tf.sum(tf.sign(g))))) as tf.Scalar;
  const [ofReal, ofFake] = tf.grads((r: tf.Tensor, g: tf.Tensor) => connected(r, g))([real, fake]);
  return { real: ofReal!.dataSync<'float32'>(), fake: ofFake!.dataSync<'float32'>() };
}
