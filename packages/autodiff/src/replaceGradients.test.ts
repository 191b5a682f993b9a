import * as tf from '@tensorflow/tfjs';
import { afterEach, describe, expect, it } from 'vitest';
import { gradientDepth, gradientOf, replaceGradients } from './index.js';
import { read } from './testing.js';

const gradient = (f: (x: tf.Tensor) => tf.Tensor) => read(tf.tidy(() => tf.grad(f)(tf.tensor1d([3]))));

afterEach(() => replaceGradients('cpu', {}));

describe('replaceGradients', () => {
  it('records another gradient while its backend computes', () => {
    replaceGradients('cpu', {
      Square: ({ inputs }) => ({ inputs, gradient: (dy, [x]) => ({ x: () => tf.mul(dy, tf.mul(x!, 100)) }) }),
    });
    expect(gradient((x) => tf.square(x))).toEqual([300]);
    replaceGradients('cpu', {});
    replaceGradients('another', {
      Square: ({ inputs }) => ({ inputs, gradient: (dy) => ({ x: () => dy }) }),
    });
    expect(gradient((x) => tf.square(x))).toEqual([6]);
  });

  it('saves besides, and may leave an operation as it is', () => {
    replaceGradients('cpu', {
      Sum: ({ inputs, saved, tape }) =>
        tape.some(({ kernelName }) => kernelName === 'Square')
          ? {
              inputs,
              save: [inputs.x!],
              gradient: (dy, [copy, ...others]) => {
                expect(others.map(({ shape }) => shape)).toEqual(saved.map(({ shape }) => shape));
                return { x: () => tf.mul(dy, copy!) };
              },
            }
          : undefined,
    });
    expect(gradient((x) => tf.sum(x))).toEqual([1]);
    expect(gradient((x) => tf.sum(tf.square(x)))).toEqual([9 * 6]);
  });

  it('tells gradients whether they are differentiated again', () => {
    const depths: number[] = [];
    replaceGradients('cpu', {
      Square: ({ inputs }) => ({
        inputs,
        gradient: (dy, saved, attributes) => {
          depths.push(gradientDepth());
          return tf.getGradient('Square').gradFunc(dy, saved, attributes);
        },
      }),
    });
    expect(gradientDepth()).toBe(0);
    expect(gradient((x) => tf.mul(x, gradientOf((z) => tf.square(z))(x).gradient))).toEqual([12]);
    expect(depths).toEqual([1]);
    expect(gradient((x) => tf.square(x))).toEqual([6]);
    expect(depths).toEqual([1, 0]);
  });
});
