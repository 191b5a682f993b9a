import * as tf from '@tensorflow/tfjs';
import { UnsupportedEngineError } from './errors.js';

type Inputs = Record<string, tf.Tensor | undefined>;

/** The members of the engine that record operations for differentiation; not part of its declared types. */
interface Recorder {
  readonly state: { activeTape: { saved: tf.Tensor[] }[]; gradientDepth: number; kernelDepth: number };
  gradients(...args: unknown[]): unknown;
  addTapeNode(
    name: string,
    inputs: Inputs,
    outputs: tf.Tensor[],
    gradient: unknown,
    saved: tf.Tensor[],
    attributes: unknown,
  ): void;
  getTensorsForGradient(kernel: string, inputs: Inputs, outputs: tf.Tensor[]): (tf.Tensor | undefined)[];
  clone(tensor: tf.Tensor): tf.Tensor;
  keep(tensor: tf.Tensor): tf.Tensor;
}

const corrected = Symbol.for('@ganjs/autodiff/tape');

function recorder(): Recorder & { [corrected]?: true } {
  return tf.engine() as unknown as Recorder;
}

/**
 * Corrects the order in which the engine records operations, once for each engine.
 *
 * A tensor that is saved for the backward pass is saved as a recorded copy. The stock engine records the
 * copies before the operation itself, so the copy of an *output* precedes the operation that produces it,
 * a second derivative does not find the way back, and the output counts as a constant: this is what makes
 * the second derivative of exp, tanh, sigmoid, softmax and of every `customGrad` that saves its output
 * silently wrong. Here the operation is recorded first.
 *
 * Smaller corrections ride along: optional inputs that were not given (scale and offset of a batch norm) are
 * left out instead of crashing, the few ops that bring a wrong gradient of their own get another, and a
 * derivative that throws frees what was recorded for it.
 *
 * @param replacements gradients by the name of an op's scope (`softmaxCrossEntropy__op`)
 * @throws UnsupportedEngineError when the engine lacks a member that is corrected
 */
export function correctTape(replacements: tf.GradConfig[]): void {
  const engine = recorder();
  if (engine[corrected]) return;
  for (const member of ['addTapeNode', 'getTensorsForGradient', 'gradients', 'clone', 'keep'] as const) {
    if (typeof engine[member] !== 'function') throw new UnsupportedEngineError(member);
  }
  if (typeof engine.state?.kernelDepth !== 'number') throw new UnsupportedEngineError('state.kernelDepth');

  const customGradients = new Map(replacements.map((gradient) => [gradient.kernelName, gradient]));
  const { addTapeNode, getTensorsForGradient, gradients } = engine;

  engine.addTapeNode = (name, inputs, outputs, gradient, saved, attributes) => {
    // Inputs of a custom gradient are numbered. The engine's clone records itself, and only once when
    // untraced, as inside a kernel.
    const own = '0' in inputs ? customGradients.get(name) : undefined;
    const kept = untraced(
      () => own?.inputsToSave?.map((input) => engine.keep(engine.clone(inputs[input]!))) ?? [],
    );
    const all = [...kept, ...saved];
    const given = Object.entries(inputs).filter(([, input]) => input != null);
    const present = given.length === Object.keys(inputs).length ? inputs : Object.fromEntries(given);
    addTapeNode.call(engine, name, present, outputs, own?.gradFunc ?? gradient, all, attributes);
    // The copies were the last things recorded: one for each saved tensor.
    const tape = engine.state.activeTape;
    if (all.length > 0) tape.splice(tape.length - 1 - all.length, 0, tape.pop()!);
  };

  engine.getTensorsForGradient = (kernel, inputs, outputs) =>
    getTensorsForGradient.call(engine, kernel, inputs, outputs).filter((tensor) => tensor != null);

  engine.gradients = (...args) => {
    try {
      return gradients.apply(engine, args);
    } catch (error) {
      if (engine.state.gradientDepth === 0)
        tf.dispose(engine.state.activeTape?.map((node) => node.saved) ?? []);
      throw error;
    }
  };

  engine[corrected] = true;
}

/**
 * Runs `f` without recording it: what it returns is a constant for derivatives of every order. Gradient
 * rules use it for masks and for tensors that only lend their shape, so that a second derivative does not
 * walk through branches that are zero.
 *
 * @param f computes tensors
 * @returns what `f` returns
 */
export function untraced<T>(f: () => T): T {
  const { state } = recorder();
  state.kernelDepth++;
  try {
    return f();
  } finally {
    state.kernelDepth--;
  }
}
