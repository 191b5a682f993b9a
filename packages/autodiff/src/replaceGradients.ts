import type * as tf from '@tensorflow/tfjs';
import { corrected, engine, type Inputs, type Replacements, type TapeNode } from './engine.js';
import { correctTape } from './tape.js';

/** The derivative with respect to each input, computed when asked for. */
export type Derivatives = Record<string, () => tf.Tensor>;

/**
 * From the derivative of the output (a list, where an operation has several outputs) and the saved tensors,
 * the derivatives with respect to the inputs.
 */
export type Gradient = (dy: tf.Tensor, saved: tf.Tensor[], attributes: tf.NamedAttrMap) => Derivatives;

/** An operation that the engine is about to record. */
export interface Operation {
  /** The kernel, or the scope of an op with a gradient of its own (`fusedConv2d__op`). */
  readonly name: string;
  /** By name; numbered, in the order of the call, for an op with a gradient of its own. */
  readonly inputs: Inputs;
  readonly outputs: readonly tf.Tensor[];
  /** What was saved for the gradient that the operation has now. */
  readonly saved: readonly tf.Tensor[];
  readonly attributes: tf.NamedAttrMap;
  /** What was recorded before, oldest first. */
  readonly tape: readonly TapeNode[];
}

/** What is recorded in an operation's place; outputs and saved tensors stay. */
export interface Replacement {
  readonly inputs: Inputs;
  /** Tensors to save besides; the gradient gets them before the others. */
  readonly save?: readonly tf.Tensor[];
  readonly gradient: Gradient;
}

/**
 * Records some operations with other gradients than those of TensorFlow.js's registry, while one backend
 * computes: those that a backend has kernels for, or that ops bring of their own and no registry knows. This
 * is the one place for that; a second wrapper around the engine would not see what this one records.
 *
 * A gradient that cannot itself be differentiated must check {@link gradientDepth} when it is called: above
 * 0, the derivative is differentiated again.
 *
 * @param backendName the backend that they are for; a second call for it replaces the first
 * @param table by name of the operation, what to record in its place, or `undefined` to leave it
 * @throws UnsupportedEngineError when the installed TensorFlow.js is built differently
 *
 * @example
 * replaceGradients('my-backend', {
 *   Relu: ({ inputs }) => ({
 *     inputs,
 *     gradient: (dy, [x], attributes) =>
 *       gradientDepth() > 0
 *         ? tf.getGradient('Relu').gradFunc(dy, [x!], attributes)
 *         : { x: () => reluGradientKernel(dy, x!) },
 *   }),
 * });
 */
export function replaceGradients(backendName: string, table: Replacements): void {
  correctTape();
  engine()[corrected]!.replacements.set(backendName, table);
}
