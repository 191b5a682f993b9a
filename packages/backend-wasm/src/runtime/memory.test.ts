import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { registerWasmBackend, WasmMemoryError, type WasmMemoryInfo } from '../index.js';
import { numbers } from '../testing.js';
import { Allocator } from './memory.js';

const PAGE = 65536;

/** A memory that only counts. */
function fakeMemory(pages: number, limitPages = 65536) {
  const memory = { buffer: { byteLength: pages * PAGE } };
  let grown = 0;
  return {
    get buffer() {
      return memory.buffer;
    },
    get grown() {
      return grown;
    },
    grow(count: number) {
      const before = memory.buffer.byteLength / PAGE;
      if (before + count > limitPages) throw new RangeError('cannot grow');
      memory.buffer = { byteLength: (before + count) * PAGE };
      grown++;
      return before;
    },
  };
}

describe('Allocator', () => {
  it('hands out aligned blocks that never overlap, and merges what comes back', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 5000 }), fc.boolean(), fc.nat()), { maxLength: 200 }),
        (actions) => {
          const allocator = new Allocator(fakeMemory(1), 1000, 64 * 2 ** 20);
          const live: { start: number; bytes: number }[] = [];
          for (const [bytes, release, pick] of actions) {
            if (release && live.length > 0) {
              allocator.release(live.splice(pick % live.length, 1)[0]!.start);
            } else {
              const start = allocator.allocate(bytes);
              expect(start % 64).toBe(0);
              expect(start).toBeGreaterThanOrEqual(1000);
              expect(start + bytes).toBeLessThanOrEqual(allocator.bytesReserved);
              for (const other of live) {
                expect(
                  start >= other.start + other.bytes || other.start >= start + bytes || bytes === 0,
                ).toBe(true);
                expect(start).not.toBe(other.start);
              }
              live.push({ start, bytes });
            }
            expect(allocator.blocks).toBe(live.length);
          }
          for (const { start } of live) allocator.release(start);
          expect(allocator.bytesInUse).toBe(0);
          // Everything has merged again: one block of all that there is, without growing.
          const reserved = allocator.bytesReserved;
          allocator.allocate(reserved - 1024);
          expect(allocator.bytesReserved).toBe(reserved);
        },
      ),
      { numRuns: 100, seed: 1 },
    );
  });

  it('reuses the best-fitting block', () => {
    const allocator = new Allocator(fakeMemory(4), 64, 2 ** 30);
    const large = allocator.allocate(4096);
    allocator.allocate(64);
    const small = allocator.allocate(1024);
    allocator.allocate(64);
    allocator.release(large);
    allocator.release(small);
    expect(allocator.allocate(1000)).toBe(small);
    expect(allocator.allocate(3000)).toBe(large);
  });

  it('tells once when it grows, and keeps to its limit', () => {
    let told = 0;
    const memory = fakeMemory(1);
    const allocator = new Allocator(memory, 64, 20 * 2 ** 20, () => told++);
    allocator.allocate(2 ** 20);
    expect([memory.grown, told]).toEqual([1, 1]);
    const grab = () => allocator.allocate(30 * 2 ** 20, () => 'a float32 tensor [30,512,512]');
    expect(grab).toThrow(WasmMemoryError);
    expect(grab).toThrow(/a float32 tensor \[30,512,512\] \(30\.0 MiB\): 1\.0 MiB of at most 20\.0 MiB/);
    expect(allocator.bytesInUse).toBe(2 ** 20);
  });

  it('asks for less when the engine refuses a large step', () => {
    const memory = fakeMemory(1, 3);
    const allocator = new Allocator(memory, 64, 2 ** 30);
    allocator.allocate(100_000);
    expect(memory.buffer.byteLength).toBe(2 * PAGE);
    expect(() => allocator.allocate(PAGE * 2)).toThrow(WasmMemoryError);
  });

  it('refuses to release what it did not hand out', () => {
    const allocator = new Allocator(fakeMemory(1), 64, 2 ** 20);
    expect(() => allocator.release(64)).toThrow(/no such block/);
  });
});

describe('memory of a training run', () => {
  it('names the tensor that does not fit', async () => {
    await tf.setBackend(await registerWasmBackend());
    const before = tf.memory().numTensors;
    expect(() => tf.tidy(() => tf.fill([5, 1024, 1024, 1024], 0))).toThrow(
      /float32 tensor \[5,1024,1024,1024\] \(20480\.0 MiB\)/,
    );
    expect(tf.memory().numTensors).toBe(before);
  });

  it('is the same after 1,000 steps as after three', async () => {
    await tf.setBackend(await registerWasmBackend({ threads: 1 }));
    const model = tf.sequential({
      layers: [
        tf.layers.conv2d({ filters: 3, kernelSize: 3, strides: 2, padding: 'same', inputShape: [6, 6, 1] }),
        tf.layers.batchNormalization(),
        tf.layers.leakyReLU(),
        tf.layers.conv2dTranspose({
          filters: 1,
          kernelSize: 5,
          strides: 2,
          padding: 'same',
          activation: 'tanh',
        }),
      ],
    });
    const optimizer = tf.train.adam(1e-3);
    const x = tf.tensor4d(numbers(144, 1), [4, 6, 6, 1]);
    const usage = () => {
      const { numTensors, numBytes, wasmBytesInUse, wasmBytesReserved } = tf.memory() as tf.MemoryInfo &
        WasmMemoryInfo;
      return { numTensors, numBytes, wasmBytesInUse, wasmBytesReserved };
    };
    const step = () => {
      optimizer.minimize(() => (model.apply(x, { training: true }) as tf.Tensor).sub(x).square().mean());
    };
    for (let i = 0; i < 3; i++) step();
    const early = usage();
    for (let i = 3; i < 1000; i++) step();
    expect(usage()).toEqual(early);
    tf.dispose(x);
    model.dispose();
    optimizer.dispose();
  });
});
