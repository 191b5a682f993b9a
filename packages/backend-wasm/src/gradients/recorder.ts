import { engine, type NamedAttrMap, type Tensor } from '@tensorflow/tfjs';

export type Inputs = Record<string, Tensor | undefined>;
export type Derivatives = Record<string, () => Tensor>;
/** From the derivative of the output and the saved tensors, those with respect to the inputs, computed when asked for. */
export type Gradient = (dy: Tensor, saved: Tensor[], attrs: NamedAttrMap) => Derivatives;

/** An operation that the engine recorded. */
export interface TapeNode {
  readonly kernelName: string;
  readonly inputs: Inputs;
  readonly outputs: readonly Tensor[];
}

/** An operation that the engine is about to record. */
export interface Operation {
  /** The kernel, or the scope of an op with a gradient of its own. */
  readonly name: string;
  readonly inputs: Inputs;
  readonly outputs: readonly Tensor[];
  readonly saved: readonly Tensor[];
  readonly attrs: NamedAttrMap;
}

/** What is recorded in an operation's place; outputs and saved tensors stay. */
export interface Replacement {
  readonly inputs: Inputs;
  readonly gradient: Gradient;
}

/** The members of the engine that record operations for differentiation; not part of its declared types. */
export interface Recorder {
  readonly backendName: string;
  readonly state: { readonly activeTape: readonly TapeNode[]; readonly gradientDepth: number };
  addTapeNode?(
    name: string,
    inputs: Inputs,
    outputs: Tensor[],
    gradient: unknown,
    saved: Tensor[],
    attrs: NamedAttrMap,
  ): void;
}

export function recorder(): Recorder {
  return engine() as unknown as Recorder;
}

/** How many gradients are being taken of one another; 0 while one is computed that nothing differentiates again. */
export function gradientDepth(): number {
  return recorder().state.gradientDepth;
}
