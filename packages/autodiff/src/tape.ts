import * as tf from '@tensorflow/tfjs';
import { corrected, type Engine, engine, type TapeNode } from './engine.js';
import { UnsupportedEngineError } from './errors.js';
import { isShapesOnly } from './gradients/shapesOnly.js';
import { differentiate } from './pass.js';
import type { Operation, Replacement } from './replaceGradients.js';
import { untraced } from './untraced.js';

/**
 * Kernels whose gradient in TensorFlow.js only looks at the shapes of what is saved for it. They get the inputs
 * themselves, which know their shapes after they are disposed, so that the tape keeps no numbers alive for them.
 */
const shapesSuffice = [
  tf.Add,
  tf.AddN,
  tf.Concat,
  tf.ExpandDims,
  tf.Mean,
  tf.Pack,
  tf.PadV2,
  tf.Reshape,
  tf.Slice,
  tf.Sub,
  tf.Sum,
];

const members = ['addTapeNode', 'getTensorsForGradient', 'gradients', 'isTapeOn', 'clone', 'keep'] as const;

/**
 * Corrects how the engine records operations and differentiates them, once for each engine.
 *
 * A tensor that is saved for the backward pass is saved as a recorded copy. The stock engine records the
 * copies before the operation itself, so the copy of an *output* precedes the operation that produces it,
 * a second derivative does not find the way back, and the output counts as a constant: this is what makes
 * the second derivative of exp, tanh, sigmoid, softmax and of every `customGrad` that saves its output
 * silently wrong. Here the operation is recorded first.
 *
 * The stock engine keeps everything that it saved, and the derivative of every tensor, until the whole
 * backward pass is done. Here each goes as soon as the pass is done with it; the numbers are the same.
 *
 * Smaller corrections ride along: optional inputs that were not given (scale and offset of a batch norm) are
 * left out instead of crashing, a derivative that throws frees what was recorded for it, and one may be taken
 * where nothing is recorded, such as inside of a custom gradient.
 *
 * @throws UnsupportedEngineError when the engine lacks a member that is corrected
 */
export function correctTape(): void {
  const ours = engine();
  if (ours[corrected]) return;
  for (const member of members) {
    if (typeof ours[member] !== 'function') throw new UnsupportedEngineError(member);
  }
  if (typeof ours.state?.kernelDepth !== 'number') throw new UnsupportedEngineError('state.kernelDepth');
  ours[corrected] = {
    replacements: new Map(),
    byShape: new Set(shapesSuffice.map((kernel) => tf.getGradient(kernel))),
    inputs: [],
  };
  ours.addTapeNode = addTapeNode;
  ours.gradients = gradients;
  const { getTensorsForGradient } = ours;
  ours.getTensorsForGradient = (kernel, inputs, outputs) =>
    lentTo(kernel, inputs)
      ? []
      : getTensorsForGradient.call(ours, kernel, inputs, outputs).filter((tensor) => tensor != null);
}

/** What the gradient in the registry gets instead of saved copies, if shapes suffice for it. */
function lentTo(kernel: string, inputs: Record<string, tf.Tensor | undefined>): tf.Tensor[] | undefined {
  const registered = tf.getGradient(kernel);
  if (registered == null) return undefined;
  if (!isShapesOnly(registered) && !engine()[corrected]!.byShape.has(registered)) return undefined;
  const named = registered.inputsToSave?.map((name) => inputs[name]);
  return (named ?? Object.values(inputs)) as tf.Tensor[];
}

const gradients: Engine['gradients'] = (f, xs, dy, allowNoGradients = false) => {
  tf.util.assert(xs.length > 0, () => 'gradients() received an empty list of xs.');
  if (dy != null && dy.dtype !== 'float32') {
    throw new Error(`dy must have 'float32' dtype, but has '${dy.dtype}'`);
  }
  const [result] = differentiate(xs, () => {
    const y = f();
    tf.util.assert(y instanceof tf.Tensor, () => 'The result y returned by f() must be a tensor.');
    return [{ y, xs, dy, mustDepend: !allowNoGradients }];
  });
  return { value: result!.y, grads: result!.gradients };
};

const addTapeNode: Engine['addTapeNode'] = (name, optional, outputs, ownGradient, saved, attributes) => {
  const ours = engine();
  const tape = ours.state.activeTape!;
  const inputs = Object.fromEntries(
    Object.entries(optional).filter((entry): entry is [string, tf.Tensor] => entry[1] != null),
  );
  const lent = lentTo(name, inputs) ?? saved;
  const replacement = replacementOf({ name, inputs, outputs, saved: lent, attributes, tape });
  // The engine's clone records itself, and only once when untraced, as inside a kernel.
  const copies = untraced(() => replacement?.save?.map((tensor) => ours.keep(ours.clone(tensor))) ?? []);
  const kept = [...copies, ...saved];
  const rule = (replacement?.gradient ?? tf.getGradient(name)?.gradFunc ?? ownGradient) as tf.GradFunc | null;
  const node: TapeNode = {
    id: ours.state.nextTapeNodeId++,
    kernelName: name,
    inputs: replacement?.inputs ?? inputs,
    outputs,
    saved: kept,
    gradient:
      rule == null ? undefined : (dys) => rule(derivativeOf(outputs, dys), [...copies, ...lent], attributes),
  };
  // The copies were the last things recorded: one for each saved tensor.
  tape.splice(tape.length - kept.length, 0, node);
};

/** What gradients get: zeros for outputs that are not used, and no list where there is one output. */
function derivativeOf(outputs: tf.Tensor[], dys: (tf.Tensor | null)[]): tf.Tensor | tf.Tensor[] {
  const complete = dys.map((dy, i) => dy ?? tf.zeros(outputs[i]!.shape, outputs[i]!.dtype));
  return complete.length > 1 ? complete : complete[0]!;
}

function replacementOf(operation: Operation): Replacement | undefined {
  const { backendName, [corrected]: corrections } = engine();
  const tables = [backendName, ''].map((backend) => corrections!.replacements.get(backend));
  for (const table of tables) {
    const replacement = table?.[operation.name]?.(operation);
    if (replacement !== undefined) return replacement;
  }
  return undefined;
}
