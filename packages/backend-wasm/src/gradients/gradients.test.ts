import * as tf from '@tensorflow/tfjs';
import { describe, expect, it, vi } from 'vitest';
import { numbers, onBoth, relativeError } from '../testing.js';

const tensor = (shape: number[], seed: number) =>
  tf.tensor(numbers(tf.util.sizeFromShape(shape), seed), shape);
const vector = (length: number, seed: number) => tensor([length], seed) as tf.Tensor1D;

/** Compares derivatives with the cpu backend's; returns the kernels that ours ran. */
async function sameAsCpu(compute: () => tf.Tensor[], tolerance = 1e-5): Promise<string[]> {
  const run = vi.spyOn(tf.engine(), 'runKernel');
  try {
    const { cpu, wasm } = await onBoth(() => {
      run.mockClear();
      return compute();
    });
    expect(wasm).toHaveLength(cpu.length);
    for (const [i, { values }] of cpu.entries()) {
      expect(relativeError(wasm[i]!.values, values), `derivative ${i}`).toBeLessThan(tolerance);
    }
    return run.mock.calls.map(([name]) => name);
  } finally {
    run.mockRestore();
  }
}

/** A batch norm as tf.layers trains it. */
function normalize(x: tf.Tensor, scale?: tf.Tensor1D, offset?: tf.Tensor1D, of = x): tf.Tensor {
  const axes = of.shape.slice(0, -1).map((_, axis) => axis);
  const { mean, variance } = tf.moments(of, axes);
  return tf.batchNorm(x, mean as tf.Tensor1D, variance as tf.Tensor1D, offset, scale, 1e-3);
}

describe('batch norm by the statistics of the batch', () => {
  for (const shape of [
    [6, 5],
    [200, 64],
    [2, 5, 4, 3],
    [3, 9, 9, 24],
    [64, 2, 2, 37],
  ]) {
    it(`has the gradients of the cpu backend for [${shape}], by one kernel`, async () => {
      const channels = shape.at(-1)!;
      const kernels = await sameAsCpu(() => {
        const dy = tensor(shape, 4);
        const f = (x: tf.Tensor, scale: tf.Tensor, offset: tf.Tensor) =>
          normalize(x, scale as tf.Tensor1D, offset as tf.Tensor1D);
        return tf.grads(f as never)([tensor(shape, 1), vector(channels, 2), vector(channels, 3)], dy);
      });
      expect(kernels).toContain('GanjsBatchNormGradient');
      expect(kernels.filter((name) => name === 'Square')).toHaveLength(1);
    });
  }

  it('adds the derivative of what else the statistics are used for', async () => {
    const kernels = await sameAsCpu(() => [
      tf.grad((x) => {
        const { mean, variance } = tf.moments(x, [0, 1, 2]);
        const y = tf.batchNorm(x, mean as tf.Tensor1D, variance as tf.Tensor1D, vector(6, 2), vector(6, 3));
        return tf.sum(tf.add(tf.square(y), tf.mul(tf.square(mean), variance)));
      })(tensor([3, 4, 4, 6], 1)),
    ]);
    expect(kernels).toContain('GanjsBatchNormGradient');
  });

  for (const [name, f] of [
    ['of another tensor', (x) => normalize(x, vector(4, 2), vector(4, 3), tf.mul(x, x))],
    [
      'over other axes',
      (x) => {
        const { mean, variance } = tf.moments(x, [1, 2, 3]);
        return tf.batchNorm(x, mean as tf.Tensor1D, variance as tf.Tensor1D, vector(4, 2), vector(4, 3));
      },
    ],
    [
      'whose variance is something else',
      (x) => {
        const mean = tf.mean(x, [0, 1, 2]);
        return tf.batchNorm(
          x,
          mean as tf.Tensor1D,
          tf.square(mean) as tf.Tensor1D,
          vector(4, 2),
          vector(4, 3),
        );
      },
    ],
  ] as [string, (x: tf.Tensor) => tf.Tensor][]) {
    it(`takes statistics ${name} for what they are`, async () => {
      const kernels = await sameAsCpu(() => [
        tf.grad((x) => tf.sum(tf.square(f(x))))(tf.add(tensor([4, 4, 4, 4], 1), 1)),
      ]);
      expect(kernels).not.toContain('GanjsBatchNormGradient');
    });
  }

  it('gives the derivative by the statistics where it is asked for', async () => {
    const kernels = await sameAsCpu(() =>
      tf.grads((x: tf.Tensor, mean: tf.Tensor, variance: tf.Tensor) =>
        tf.batchNorm(x, mean as tf.Tensor1D, variance as tf.Tensor1D, vector(5, 2), vector(5, 3)),
      )([tensor([7, 5], 1), vector(5, 4), tf.add(vector(5, 5), 2)]),
    );
    expect(kernels).not.toContain('GanjsBatchNormGradient');
  });

  it('has the second derivative of the cpu backend', async () => {
    const scale = () => tf.add(vector(6, 2), 2) as tf.Tensor1D;
    const energy = (x: tf.Tensor) => tf.sum(tf.pow(normalize(x, scale(), vector(6, 3)), tf.scalar(3)));
    // Of a gradient taken inside, as in a gradient penalty, and of one of what was computed outside.
    await sameAsCpu(() => {
      const x = tensor([3, 4, 4, 6], 1);
      const inside = tf.grad((z) => tf.sum(tf.square(tf.grad(energy)(z))))(x);
      const outside = tf.grad((z) => {
        const y = energy(z);
        const { grads } = tf.engine().gradients(() => y, [z]);
        return tf.sum(tf.square(grads[0]!));
      })(x);
      return [inside, outside];
    }, 1e-4);
  });
});

describe('fused products', () => {
  const layers = () => [
    tf.layers.conv2d({
      inputShape: [8, 8, 4],
      filters: 5,
      kernelSize: 3,
      strides: 2,
      padding: 'same',
      name: 'c',
    }),
    tf.layers.flatten(),
    tf.layers.dense({ units: 3, name: 'd' }),
  ];

  it('have the gradients of the cpu backend by input, weights and bias', async () => {
    await sameAsCpu(() => {
      const x = tensor([2, 8, 8, 4], 1);
      const model = tf.sequential({ layers: layers() });
      model.setWeights(model.getWeights().map((w, i) => tensor(w.shape, i + 2)));
      const loss = () => tf.sum(tf.square(model.apply(x) as tf.Tensor)) as tf.Scalar;
      const { grads } = tf.variableGrads(loss);
      const byInput = tf.grad((z) => tf.sum(tf.square(model.apply(z) as tf.Tensor)))(x);
      model.dispose();
      return [...Object.values(grads), byInput];
    });
  });

  it('compute no gradient that nobody asks for', async () => {
    const kernels = await sameAsCpu(() => {
      const model = tf.sequential({ layers: layers() });
      model.setWeights(model.getWeights().map((w, i) => tensor(w.shape, i + 2)));
      const gradient = tf.grad((z) => tf.sum(model.apply(z) as tf.Tensor))(tensor([2, 8, 8, 4], 1));
      model.dispose();
      return [gradient];
    });
    expect(kernels).toContain('Conv2DBackpropInput');
    expect(kernels).not.toContain('Conv2DBackpropFilter');
    expect(kernels.filter((name) => name === 'BatchMatMul')).toHaveLength(1);
  });
});

it('leaky relu has the gradient of the cpu backend', async () => {
  // TensorFlow.js alone has no second one.
  await sameAsCpu(() => [tf.grad((x) => tf.leakyRelu(x, 0.3))(tensor([3, 5, 4, 2], 1))]);
});

describe('relu and sums', () => {
  const functions: [string, (x: tf.Tensor) => tf.Tensor][] = [
    ['relu', (x) => tf.relu(x)],
    ['mean of some axes', (x) => tf.mean(x, [0, 2])],
    ['mean that keeps its axes', (x) => tf.mean(x, 1, true)],
    ['mean', (x) => tf.mean(x)],
    ['sum of some axes', (x) => tf.sum(x, [1, 3])],
    ['sum', (x) => tf.sum(x)],
  ];
  for (const [name, f] of functions) {
    it(`${name}: first and second derivative of the cpu backend`, async () => {
      const energy = (x: tf.Tensor) => tf.sum(tf.pow(f(tf.mul(x, x)), tf.scalar(2)));
      await sameAsCpu(() => {
        const x = tensor([3, 5, 4, 2], 1);
        return [
          tf.grad((z) => f(z))(x),
          tf.grad(energy)(x),
          tf.grad((z) => tf.sum(tf.square(tf.grad(energy)(z))))(x),
        ];
      });
    });
  }
});
