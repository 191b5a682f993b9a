import type { RangeKernels } from '../generated/kernels.js';

/** Name of a kernel that computes the range [begin, end) of its output. */
export type RangeKernel = keyof RangeKernels;

type BeforeRange<Parameters> = Parameters extends readonly [...infer Before, number, number] ? Before : never;

/** What a kernel takes before its range, under the names that its source in assembly/ gives. */
export type KernelArguments<Kernel extends RangeKernel> = BeforeRange<Parameters<RangeKernels[Kernel]>>;

/** Names of the kernels that take as many arguments as this one: those that may stand in its place. */
export type KernelLike<Kernel extends RangeKernel> = {
  [Other in RangeKernel]: KernelArguments<Other>['length'] extends KernelArguments<Kernel>['length']
    ? Other
    : never;
}[RangeKernel];
