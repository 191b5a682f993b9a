import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { registerWasmBackend, setThreads } from '../register.js';
import { numbers } from '../testing.js';

beforeAll(async () => {
  await tf.setBackend(await registerWasmBackend({ threads: 1 }));
});

afterAll(async () => {
  await setThreads(1);
});

const shape: [number, number, number, number] = [8, 33, 35, 23];
const values = numbers(tf.util.sizeFromShape(shape), 1);
const labels = numbers(4000, 2).map((v) => Math.floor(v * 20));

/** One of each kind of kernel, on tensors that every thread gets a part of. */
function compute(): Uint8Array[] {
  // Taken out of the scope by hand: tf.tidy searches whatever it returns for tensors, byte by byte.
  let bytes: Uint8Array[] = [];
  tf.tidy(() => {
    const x = tf.tensor4d(values, shape);
    const channels = tf.tensor1d(values.slice(0, 23));
    const wide = tf.reshape(x, [8 * 33, 35 * 23]);
    const gradient = (op: (t: tf.Tensor4D) => tf.Tensor) => tf.grad(op as (t: tf.Tensor) => tf.Tensor)(x);
    const results = [
      tf.exp(x),
      tf.tanh(x),
      tf.leakyRelu(x),
      tf.mul(x, channels),
      tf.add(x, tf.slice(x, [0, 0, 0, 0], [8, 1, 1, 23])),
      tf.pow(tf.abs(x), 1.5),
      tf.greater(x, 0.1),
      tf.where(tf.greater(x, 0.1), x, tf.neg(x)),
      tf.cast(tf.mul(x, 100), 'int32'),
      tf.sum(x),
      tf.sum(x, [0, 1, 2]),
      tf.mean(x, [1, 2]),
      tf.sum(wide, 1),
      tf.max(x, 3),
      tf.argMax(wide, 0),
      tf.softmax(wide),
      tf.cumsum(wide, 1),
      tf.transpose(x, [0, 3, 1, 2]),
      tf.transpose(wide),
      tf.mirrorPad(
        x,
        [
          [0, 0],
          [3, 3],
          [2, 2],
          [0, 0],
        ],
        'reflect',
      ),
      tf.concat([x, x], 3),
      tf.tile(channels, [3000]),
      tf.reverse(x, 2),
      tf.unsortedSegmentSum(
        tf.slice(wide, [0, 0], [200, 805]),
        tf.tensor1d(labels.slice(0, 200), 'int32'),
        20,
      ),
      tf.gather(wide, tf.cast(tf.abs(tf.tensor1d(labels)), 'int32')),
      tf.avgPool(x, 3, 2, 'same'),
      gradient((t) => tf.maxPool(t, 3, 2, 'same')),
      gradient((t) => tf.image.resizeBilinear(t, [50, 51])),
      gradient((t) => tf.image.resizeNearestNeighbor(t, [66, 70])),
      gradient((t) => tf.leakyRelu(t, 0.2)),
      gradient((t) => tf.square(tf.mean(t, [1, 2]))),
      gradient((t) => {
        const { mean, variance } = tf.moments(t, [0, 1, 2]);
        return tf.square(
          tf.batchNorm(t, mean as tf.Tensor1D, variance as tf.Tensor1D, channels, tf.abs(channels)),
        );
      }),
    ];
    bytes = results.map((t) => new Uint8Array(t.dataSync().buffer));
  });
  return bytes;
}

it('threads change no bit', async () => {
  const expected = compute();
  for (const threads of [2, 3]) {
    await setThreads(threads);
    for (let repeat = 0; repeat < 2; repeat++) {
      for (const [i, bytes] of compute().entries()) {
        expect(Buffer.compare(bytes, expected[i]!), `result ${i} on ${threads} threads`).toBe(0);
      }
    }
  }
});
