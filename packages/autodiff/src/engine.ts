import * as tf from '@tensorflow/tfjs';
import type { Operation, Replacement } from './replaceGradients.js';

export type Inputs = Readonly<Record<string, tf.Tensor>>;

/** An operation that the engine recorded. */
export interface TapeNode {
  readonly id: number;
  readonly kernelName: string;
  readonly inputs: Inputs;
  readonly outputs: readonly tf.Tensor[];
  readonly saved: readonly tf.Tensor[];
  /** From the derivatives of the outputs those of the inputs; absent for an operation without a gradient. */
  readonly gradient?: (dys: (tf.Tensor | null)[]) => Record<string, () => tf.Tensor>;
}

/** What this package adds to an engine; on the engine, so that two copies of the package share it. */
export interface Corrections {
  /** Gradients that are recorded in place of the registry's: by backend, `''` for all, then by operation. */
  readonly replacements: Map<string, Replacements>;
  /** Gradients of the registry that only look at the shapes of what is saved for them. */
  readonly byShape: ReadonlySet<tf.GradConfig>;
  /** What the outermost pass in progress differentiates with respect to, as far as it is known beforehand. */
  inputs: readonly tf.Tensor[];
}

export type Replacements = Readonly<Record<string, (operation: Operation) => Replacement | undefined>>;

/** The members of the engine that record and differentiate operations; not part of its declared types. */
export interface Engine {
  readonly backendName: string;
  readonly state: {
    activeTape: TapeNode[] | null;
    /** Passes in progress, one inside of the other. */
    gradientDepth: number;
    /** Kernels in progress, one inside of the other: nothing is recorded within a kernel. */
    kernelDepth: number;
    nextTapeNodeId: number;
    readonly activeScope: { readonly id: number };
  };
  gradients(
    f: () => tf.Tensor,
    xs: readonly tf.Tensor[],
    dy?: tf.Tensor | null,
    allowNoGradients?: boolean,
  ): { value: tf.Tensor; grads: (tf.Tensor | undefined)[] };
  addTapeNode(
    name: string,
    inputs: Record<string, tf.Tensor | undefined>,
    outputs: tf.Tensor[],
    gradient: unknown,
    saved: tf.Tensor[],
    attributes: tf.NamedAttrMap,
  ): void;
  getTensorsForGradient(
    kernel: string,
    inputs: Record<string, tf.Tensor | undefined>,
    outputs: tf.Tensor[],
  ): tf.Tensor[];
  isTapeOn(): boolean;
  clone(tensor: tf.Tensor): tf.Tensor;
  keep(tensor: tf.Tensor): tf.Tensor;
  [corrected]?: Corrections;
}

/** Marks an engine whose tape this package owns. */
export const corrected = Symbol.for('@ganjs/autodiff/tape');

/** The engine of TensorFlow.js. */
export function engine(): Engine {
  return tf.engine() as unknown as Engine;
}

/**
 * How many derivatives are being recorded, one inside of the other: 0 outside of `tf.grad`,
 * `tf.variableGrads` and their kind, and in a backward pass that nothing differentiates again, where a
 * gradient need not itself be differentiable.
 *
 * @returns a whole number >= 0
 */
export function gradientDepth(): number {
  return engine().state.gradientDepth;
}
