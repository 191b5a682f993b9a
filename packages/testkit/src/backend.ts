import { stream } from '@ganjs/random';
import * as tf from '@tensorflow/tfjs';
import { type Check, ensure, ensureFinite, ensureNoLeak, ensureSame, onBackend, register } from './check.js';

/** What GANs compute, each with the shapes of its inputs; all are differentiated too. */
const operations: Readonly<
  Record<string, readonly [shapes: readonly number[][], f: (...x: tf.Tensor[]) => tf.Tensor]>
> = {
  'a product of matrices': [
    [
      [5, 7],
      [7, 3],
    ],
    (a, b) => tf.matMul(a!, b!),
  ],
  'a product with the second transposed': [
    [
      [5, 7],
      [3, 7],
    ],
    (a, b) => tf.matMul(a!, b!, false, true),
  ],
  'a convolution of stride 2': [
    [
      [2, 8, 8, 3],
      [4, 4, 3, 5],
    ],
    (x, w) => tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 2, 'same'),
  ],
  'a convolution of stride 1': [
    [
      [2, 6, 6, 3],
      [3, 3, 3, 4],
    ],
    (x, w) => tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 1, 'same'),
  ],
  'a transposed convolution': [
    [
      [2, 4, 4, 3],
      [4, 4, 5, 3],
    ],
    (x, w) => tf.conv2dTranspose(x as tf.Tensor4D, w as tf.Tensor4D, [2, 8, 8, 5], 2, 'same'),
  ],
  'a batch norm': [
    [[4, 3, 3, 2], [2], [2]],
    (x, scale, offset) => {
      const { mean, variance } = tf.moments(x!, [0, 1, 2]);
      return tf.batchNorm(
        x!,
        mean as tf.Tensor1D,
        variance as tf.Tensor1D,
        offset as tf.Tensor1D,
        scale as tf.Tensor1D,
        1e-3,
      );
    },
  ],
  'leaky ReLU, tanh, sigmoid, softplus': [
    [[3, 9]],
    (x) => tf.concat([tf.leakyRelu(x!, 0.2), tf.tanh(x!), tf.sigmoid(x!), tf.softplus(x!)]),
  ],
  // Of one image: for more, the gradient of the resize is wrong on the cpu backend, the usual reference.
  'a pooling and a resize': [
    [[1, 4, 4, 3]],
    (x) => tf.image.resizeNearestNeighbor(tf.avgPool(x as tf.Tensor4D, 2, 2, 'valid'), [4, 4]),
  ],
  'sums, means and norms along axes': [
    [[3, 4, 5]],
    (x) => tf.add(tf.sum(x!, [1]), tf.mul(tf.mean(x!, [1]), tf.sqrt(tf.add(tf.sum(tf.square(x!), [1]), 1)))),
  ],
  'slices, transposes, pads and joins': [
    [[3, 4, 2]],
    (x) =>
      tf.concat(
        [
          tf.transpose(
            tf.pad(x!, [
              [0, 0],
              [1, 0],
              [0, 0],
            ]),
            [0, 2, 1],
          ),
          tf.slice(tf.tile(x!, [1, 1, 3]), [0, 0, 1], [3, 2, 5]),
        ],
        1,
      ),
  ],
};

/**
 * Registers what every backend must satisfy to train GANs: the operations that their networks and losses use give the
 * values and gradients of the reference, the same bytes each time, and leave no memory behind; data goes in and comes
 * out as it was. It is a first test of a new backend; tfjs-core's own suite is the whole one.
 *
 * @param name of a backend that the test file registered.
 * @param options.tolerance largest difference to the reference. Default 1e-4.
 * @param options.reference default `'cpu'`.
 *
 * @example
 * await registerWasmBackend();
 * testBackend('ganjs-wasm');
 */
export function testBackend(name: string, options: { tolerance?: number; reference?: string } = {}): void {
  register(`${name} as a backend`, backendChecks(name, options));
}

/** The checks of {@link testBackend}. */
export function backendChecks(
  name: string,
  { tolerance = 1e-4, reference = 'cpu' }: { tolerance?: number; reference?: string } = {},
): Check[] {
  return [
    {
      name: 'gives back what it was given',
      run: () =>
        onBackend(name, async () => {
          for (const [dtype, values] of [
            ['float32', [0, -0.5, 1e-30, 3e38]],
            ['int32', [0, -7, 2 ** 30]],
            ['bool', [0, 1]],
          ] as const) {
            const tensor = tf.tensor(values as unknown as number[], [values.length], dtype);
            ensureSame(
              await tensor.data(),
              dtype === 'float32' ? Float32Array.from(values) : values,
              `${dtype} values`,
            );
            tensor.dispose();
          }
        }),
    },
    ...Object.entries(operations).map(([what, [shapes, f]]) => ({
      name: `computes and differentiates ${what}`,
      async run() {
        const wanted = await onBackend(reference, () => compute(shapes, f));
        const actual = await onBackend(name, () => ensureNoLeak(what, () => compute(shapes, f)));
        const again = await onBackend(name, () => compute(shapes, f));
        for (const [i, values] of wanted.entries()) {
          const which = i === 0 ? what : `the gradient of ${what} to input ${i - 1}`;
          ensureFinite(actual[i]!, which);
          ensureSame(actual[i]!, values, which, tolerance);
          ensureSame(again[i]!, actual[i]!, `${which}, a second time`);
        }
      },
    })),
    {
      name: 'holds no memory of what was disposed',
      run: () =>
        onBackend(name, async () => {
          const round = () =>
            compute(
              [
                [64, 64],
                [64, 64],
              ],
              (a, b) => tf.matMul(a!, b!),
            );
          await round();
          const { numBytes, numTensors } = tf.memory();
          for (let i = 0; i < 5; i++) await round();
          const after = tf.memory();
          ensure(
            after.numBytes === numBytes && after.numTensors === numTensors,
            `five rounds take ${after.numBytes - numBytes} bytes and ${after.numTensors - numTensors} tensors`,
            'none',
          );
        }),
    },
  ];
}

/** The value of an operation, then the gradient of its mean square to each input. */
async function compute(
  shapes: readonly number[][],
  f: (...x: tf.Tensor[]) => tf.Tensor,
): Promise<Float32Array[]> {
  const inputs = shapes.map((shape, i) =>
    tf.tensor(stream(1, 'operation', i).normal(tf.util.sizeFromShape(shape)), shape),
  );
  const value = tf.tidy(() => f(...inputs));
  const gradients = tf.tidy(() =>
    tf.grads((...x: tf.Tensor[]) => tf.mean(tf.square(f(...x))) as tf.Scalar)(inputs),
  );
  const results = await Promise.all(
    [value, ...gradients].map(async (x) => (await x.data<'float32'>()).slice()),
  );
  tf.dispose([inputs, value, gradients]);
  return results;
}
