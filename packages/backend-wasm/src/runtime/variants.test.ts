import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { WasmBackend } from '../backend.js';
import { WasmUnsupportedError } from '../errors.js';
import { kernels } from '../kernels/index.js';
import { numbers, relativeError } from '../testing.js';
import { Runtime, type WasmVariant } from './runtime.js';

const kernel = (name: string) =>
  kernels.find((k) => k.kernelName === name)!.kernelFunc as unknown as (call: object) => TensorInfo;

/** A product, and convolutions by each of the algorithms, with their gradients. */
function compute(backend: WasmBackend): ArrayLike<number>[] {
  const tensor = (shape: number[], seed: number) =>
    backend.makeTensorInfo(
      shape,
      'float32',
      numbers(
        shape.reduce((a, b) => a * b, 1),
        seed,
      ),
    );
  const results = [
    kernel('BatchMatMul')({
      inputs: { a: tensor([50, 300], 1), b: tensor([40, 300], 2) },
      attrs: { transposeA: false, transposeB: true },
      backend,
    }),
  ];
  for (const [channels, filters, size, strides] of [
    [5, 20, 3, 2],
    [16, 20, 3, 1],
    [16, 24, 5, 1],
    [17, 1, 5, 1],
    [40, 72, 3, 1],
  ] as const) {
    const x = tensor([2, 9, 9, channels], 3);
    const filter = tensor([size, size, channels, filters], 4);
    const attrs = { strides, pad: 'same', dataFormat: 'NHWC', dilations: 1 };
    const y = kernel('Conv2D')({ inputs: { x, filter }, attrs, backend });
    const input = { ...attrs, inputShape: x.shape };
    results.push(
      y,
      kernel('Conv2DBackpropInput')({ inputs: { dy: y, filter }, attrs: input, backend }),
      kernel('Conv2DBackpropFilter')({
        inputs: { x, dy: y },
        attrs: { ...attrs, filterShape: filter.shape },
        backend,
      }),
    );
  }
  return results.map((t) => backend.readSync(t.dataId) as Float32Array);
}

describe('variants of the kernels', () => {
  it('agree', async () => {
    let expected: ArrayLike<number>[] | undefined;
    let relaxed: ArrayLike<number>[] | undefined;
    for (const variant of ['simd', 'relaxed', 'wide'] satisfies WasmVariant[]) {
      let runtime: Runtime;
      try {
        runtime = await Runtime.create(variant);
      } catch (error) {
        expect(error).toBeInstanceOf(WasmUnsupportedError);
        console.log(`skipped: ${(error as Error).message}`);
        continue;
      }
      expect(runtime.variant).toBe(variant);
      const results = compute(new WasmBackend(runtime));
      expected ??= results;
      for (const [i, values] of results.entries()) {
        expect(relativeError(values, expected[i]!), `${variant}, result ${i}`).toBeLessThan(2e-5);
      }
      // Which of these two is chosen depends on a measurement; a seeded run must not.
      if (variant === 'wide') expect(results).toEqual(relaxed);
      if (variant === 'relaxed') relaxed = results;
    }
    expect(expected).toBeDefined();
  });

  it('are registered once each', () => {
    const names = kernels.map((k: KernelConfig) => k.kernelName);
    expect(new Set(names).size).toBe(names.length);
  });
});
