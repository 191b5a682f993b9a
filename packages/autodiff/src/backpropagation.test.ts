import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { enableHigherOrderGradients, gradientOf } from './index.js';
import { onBackward, read } from './testing.js';

const size = 1000;
/** Memory in use, in tensors of the size that these tests work with. */
const inUse = () => tf.memory().numBytes / (4 * size);

/** Ten operations that each save their input. */
function chain(x: tf.Tensor): tf.Tensor {
  let y = x;
  for (let i = 0; i < 10; i++) y = tf.sin(y);
  return y;
}

beforeAll(enableHigherOrderGradients);

describe('what the backward pass keeps', () => {
  it('frees what an operation saved, and the derivative of its output, when it is done with it', () => {
    const x = tf.linspace(-1, 1, size);
    const seen: number[] = [];
    const before = inUse();
    const gradient = tf.grad((z) => {
      const first = onBackward(z, () => seen.push(inUse() - before));
      return onBackward(chain(first), () => seen.push(inUse() - before));
    })(x);
    // At the last operation: what ten saved, y, dy, and the derivative that comes in.
    expect(seen[0]).toBeLessThan(14);
    // At the first: y, dy and one derivative. TensorFlow.js has twenty more.
    expect(seen[1]).toBeLessThan(4);
    tf.dispose([x, gradient]);
  });

  it('frees what does not lead from x to y before it begins', () => {
    const x = tf.linspace(-1, 1, size);
    const before = inUse();
    let during = 0;
    const gradient = tf.grad((z) => {
      chain(z);
      chain(tf.ones([size]));
      return onBackward(z, () => {
        during = inUse() - before;
      });
    })(x);
    expect(during).toBeLessThan(4);
    tf.dispose([x, gradient]);
  });

  it('keeps no numbers for gradients that only look at shapes', () => {
    const x = tf.linspace(-1, 1, size);
    const before = inUse();
    let during = 0;
    const gradient = tf.grad((z) => {
      let y = z;
      for (let i = 0; i < 10; i++) y = tf.add(tf.reshape(y, [size]), 1);
      return onBackward(tf.mean(y), () => {
        during = inUse() - before;
      });
    })(x);
    expect(during).toBeLessThan(1);
    expect(read(gradient)[0]).toBeCloseTo(1 / size, 8);
    x.dispose();
  });

  it('frees the parts of a sum', () => {
    const x = tf.linspace(-1, 1, size);
    const before = inUse();
    let during = 0;
    const gradient = tf.grad((z) => {
      const start = onBackward(z, () => {
        during = inUse() - before;
      });
      return tf.sum(tf.addN(Array.from({ length: 10 }, (_, i) => tf.mul(start, i))));
    })(x);
    expect(during).toBeLessThan(3);
    expect(read(gradient)[0]).toBe(45);
    x.dispose();
  });

  it('keeps for the outer derivative what an inner one recorded, and frees its derivatives', () => {
    const x = tf.linspace(-1, 1, size);
    const before = inUse();
    const seen: number[] = [];
    const gradient = tf.grad((z) => {
      const start = onBackward(z, () => seen.push(inUse() - before));
      return tf.square(gradientOf(chain)(start).gradient);
    })(x);
    expect(seen[0]).toBeLessThan(4);
    tf.dispose([x, gradient]);
  });

  it('frees everything when a gradient throws', () => {
    const before = tf.memory().numTensors;
    const fail = (): number => {
      throw new Error('no');
    };
    tf.tidy(() => {
      const x = tf.linspace(-1, 1, size);
      expect(() => tf.grad((z) => chain(onBackward(chain(z), fail)))(x)).toThrow('no');
      expect(() =>
        tf.grad((z) => tf.square(gradientOf((v) => chain(onBackward(v, fail)))(z).gradient))(x),
      ).toThrow('no');
      expect(() => tf.grad((z) => tf.mul(chain(z), fail()))(x)).toThrow('no');
    });
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('derivatives that are not the gradient function’s own', () => {
  const custom = (gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => tf.Tensor | tf.Tensor[]) =>
    tf.customGrad((...args) => {
      const save = args.pop() as tf.GradSaveFunc;
      const inputs = args as tf.Tensor[];
      save(inputs);
      return { value: tf.tidy(() => tf.addN(inputs)), gradFunc };
    });

  /** The gradient of a sum over `op`, which is applied to what is computed from x and used again afterwards. */
  const through = (op: (x: tf.Tensor) => tf.Tensor) =>
    read(
      tf.tidy(() =>
        tf.grad((z) => {
          const y = tf.mul(z, 3);
          return tf.add(tf.sum(op(y)), tf.sum(tf.mul(y, 2)));
        })(tf.tensor1d([1, 2])),
      ),
    );

  it('dy itself', () => {
    expect(through((y) => custom((dy) => dy)(y))).toEqual([9, 9]);
  });

  it('dy for two inputs', () => {
    expect(through((y) => custom((dy) => [dy, dy])(y, y))).toEqual([12, 12]);
    expect(through((y) => custom((dy) => [dy, dy])(y, tf.square(y)))).toEqual([3 * (3 + 6), 3 * (3 + 12)]);
  });

  it('one tensor for two inputs', () => {
    const twice = custom((dy) => {
      const shared = tf.mul(dy, 5);
      return [shared, shared];
    });
    expect(through((y) => twice(y, tf.mul(y, 4)))).toEqual([81, 81]);
    const [a, b] = tf.tidy(() =>
      tf.grads((p: tf.Tensor, q: tf.Tensor) => twice(p, q))([tf.tensor1d([1]), tf.tensor1d([2])]),
    );
    expect(read(a)).toEqual([5]);
    expect(read(b)).toEqual([5]);
  });

  it('one tensor for the first and the third input', () => {
    const thrice = custom((dy) => {
      const shared = tf.mul(dy, 5);
      return [shared, tf.mul(dy, 7), shared];
    });
    expect(through((y) => thrice(y, y, y))).toEqual([57, 57]);
  });

  it('a saved tensor', () => {
    expect(through((y) => custom((_dy, [saved]) => saved!)(y))).toEqual([15, 24]);
    expect(
      read(tf.tidy(() => tf.grad((x) => custom((_dy, [saved]) => saved!)(x))(tf.tensor1d([7])))),
    ).toEqual([7]);
  });

  it('a tensor of the user’s, which stays his', () => {
    const mine = tf.tensor1d([1, 10]);
    expect(through((y) => custom(() => mine)(y))).toEqual([9, 36]);
    expect(read(mine)).toEqual([1, 10]);
  });

  it('dy that the user gave, or kept', () => {
    tf.tidy(() => {
      const dy = tf.tensor1d([2, 3]);
      const kept: tf.Tensor[] = [];
      const gradient = tf.grad((x) => onBackward(custom((d) => d)(x), (d) => kept.push(tf.keep(d))))(
        tf.tensor1d([1, 1]),
        dy,
      );
      expect(read(gradient)).toEqual([2, 3]);
      expect(read(dy)).toEqual([2, 3]);
      for (const each of kept) expect(read(each)).toEqual([2, 3]);
    });
  });

  it('in a derivative that is differentiated again', () => {
    const second = tf.tidy(() =>
      tf.grad((x) => {
        const op = custom((dy) => [dy, dy]);
        const cubes = (z: tf.Tensor) => tf.sum(op(tf.pow(z, 3), tf.pow(z, 3)));
        return tf.sum(tf.square(tf.grad(cubes)(x)));
      })(tf.tensor1d([1, 2])),
    );
    // d/dx (6 x^2)^2 = 144 x^3
    const [first, last] = read(second);
    expect(first).toBeCloseTo(144, 2);
    expect(last).toBeCloseTo(1152, 1);
  });

  it('an output that is the input', () => {
    const same = tf.customGrad((x) => ({
      value: x as tf.Tensor,
      gradFunc: (dy: tf.Tensor) => tf.mul(dy, 2),
    }));
    const x = tf.tensor1d([1, 2]);
    const gradient = tf.grad((z) => tf.sum(same(tf.mul(z, 3))))(x);
    // Input and output are one tensor to the tape: its derivative counts both.
    expect(read(gradient)).toEqual([9, 9]);
    x.dispose();
  });

  it('of several outputs, some of them unused', () => {
    const gradient = tf.tidy(() =>
      tf.grad((x) => {
        const [a, , c] = tf.unstack(tf.mul(x, x)) as [tf.Tensor, tf.Tensor, tf.Tensor];
        return tf.add(tf.sum(tf.mul(a, c)), tf.sum(a));
      })(
        tf.tensor2d([
          [1, 2],
          [3, 4],
          [5, 6],
        ]),
      ),
    );
    expect(read(gradient)).toEqual([2 * 26, 4 * 37, 0, 0, 10, 48]);
  });

  it('of x itself', () => {
    const x = tf.tidy(() => tf.variable(tf.tensor1d([1, 2])));
    const { grads } = tf.engine().gradients(() => x as tf.Tensor, [x], undefined, true);
    expect(read(grads[0])).toEqual([1, 1]);
    x.dispose();
  });
});
