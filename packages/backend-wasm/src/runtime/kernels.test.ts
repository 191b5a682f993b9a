import { describe, expectTypeOf, it } from 'vitest';
import type { Activation } from '../generated/constants.js';
import type { KernelArguments, KernelLike } from './kernels.js';
import type { Runtime } from './runtime.js';

/** Checked by the compiler alone: nothing here runs. */
export function calls(runtime: Runtime): void {
  runtime.parallel('fill32', 8, 8, [0, 0]);
  runtime.parallel('softmaxRows', 8, 8, [0, 0, 8]);
  // @ts-expect-error: one argument too few
  runtime.parallel('fill32', 8, 8, [0]);
  // @ts-expect-error: one argument too many
  runtime.parallel('softmaxRows', 8, 8, [0, 0, 8, 0]);
  // @ts-expect-error: no such kernel
  runtime.parallel('fill64', 8, 8, [0, 0]);
  // @ts-expect-error: an export that computes no range
  runtime.parallel('setScratch', 8, 8, [0]);
  // @ts-expect-error: a list of unknown length
  runtime.parallel('fill32', 8, 8, [0, 0] as number[]);
}

describe('the signatures of kernels', () => {
  it('are those of the sources, without the range', () => {
    expectTypeOf<KernelArguments<'fill32'>>().toEqualTypeOf<[out: number, bits: number]>();
    expectTypeOf<KernelArguments<'convTiles'>['length']>().toEqualTypeOf<21>();
  });

  it('tell which kernels can stand for one another', () => {
    expectTypeOf<'addI32' extends KernelLike<'addF32'> ? true : false>().toEqualTypeOf<true>();
    expectTypeOf<'absF32' extends KernelLike<'addF32'> ? true : false>().toEqualTypeOf<false>();
  });

  it('come with the constants', () => {
    expectTypeOf<typeof Activation.LEAKY_RELU>().toEqualTypeOf<3>();
  });
});
