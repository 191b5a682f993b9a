import * as tf from '@tensorflow/tfjs';
import { engine, type TapeNode } from './engine.js';

/** A recorded operation on the way from xs to y, with those of its inputs that depend on xs. */
export interface Step {
  readonly node: TapeNode;
  readonly inputs: readonly (readonly [name: string, input: tf.Tensor])[];
}

/**
 * What was computed from some tensors.
 *
 * @param tape recorded operations, oldest first
 * @param xs tensors
 * @returns the ids of all tensors that were computed from `xs`, theirs included, and the operations
 */
export function reachable(
  tape: readonly TapeNode[],
  xs: readonly tf.Tensor[],
): { tensors: Set<number>; nodes: Set<TapeNode> } {
  const tensors = new Set(xs.map(({ id }) => id));
  const nodes = new Set<TapeNode>();
  for (const node of tape) {
    if (!Object.values(node.inputs).some(({ id }) => tensors.has(id))) continue;
    nodes.add(node);
    for (const { id } of node.outputs) tensors.add(id);
  }
  return { tensors, nodes };
}

/** The operations that lead from `xs` to `y`, the last one first: the order of the backward pass. */
export function stepsBetween(tape: readonly TapeNode[], xs: readonly tf.Tensor[], y: tf.Tensor): Step[] {
  const { tensors: fromXs, nodes } = reachable(tape, xs);
  const towardsY = new Set([y.id]);
  const steps: Step[] = [];
  for (let i = tape.length - 1; i >= 0; i--) {
    const node = tape[i]!;
    if (!node.outputs.some(({ id }) => towardsY.has(id))) continue;
    for (const { id } of Object.values(node.inputs)) towardsY.add(id);
    if (!nodes.has(node)) continue;
    steps.push({ node, inputs: Object.entries(node.inputs).filter(([, { id }]) => fromXs.has(id)) });
  }
  return steps;
}

/** One backward pass. */
export interface BackwardPass {
  readonly y: tf.Tensor;
  readonly xs: readonly tf.Tensor[];
  readonly steps: readonly Step[];
  /** The derivative of what is differentiated by y, in its shape; ones when absent. */
  readonly dy?: tf.Tensor | null | undefined;
  /** Whether the pass is recorded, to be differentiated again. */
  readonly recorded: boolean;
  /** Called when a step is done. */
  readonly onDone?: (node: TapeNode) => void;
}

/**
 * The derivatives of y with respect to xs, by the chain rule from the last operation to the first. Sums are
 * formed in the order of TensorFlow.js. The derivative of a tensor is freed as soon as the operation that
 * made the tensor has used it; so are the parts of a sum, and what gradients compute on the way.
 *
 * Runs inside of a `tf.tidy`, whose scope then owns what it returns.
 *
 * @returns for each x its derivative, or `undefined` where y does not depend on it
 * @throws Error when an operation has no gradient, or one of another shape or dtype than its input
 */
export function backpropagate(pass: BackwardPass): (tf.Tensor | undefined)[] {
  const { y, xs, steps, dy, recorded, onDone } = pass;
  const derivatives = new Map<number, tf.Tensor>();
  const { adopt, discard } = ownership(recorded);
  const asked = new Set(xs.map(({ id }) => id));
  const makers = new Map(steps.flatMap((step) => step.node.outputs.map(({ id }) => [id, step])));

  derivatives.set(y.id, adopt(dy ?? tf.ones(y.shape)));
  for (const step of steps) {
    const { node, inputs } = step;
    /** Sums that have grown since. Gradients may return one tensor more than once, so not before all are asked. */
    const parts: tf.Tensor[] = [];
    tf.tidy(() => {
      const contributions = contributionsOf(node, derivatives);
      for (const [name, x] of inputs) {
        const part = adopt(contributionTo(node, contributions, name, x));
        const sum = derivatives.get(x.id);
        if (sum !== undefined) parts.push(sum);
        derivatives.set(
          x.id,
          sum === undefined ? part : adopt(tf.engine().runKernel(tf.Add, { a: sum, b: part })),
        );
      }
      return inputs.map(([, { id }]) => derivatives.get(id)!);
    });
    parts.forEach(discard);
    for (const { id } of node.outputs) {
      if (asked.has(id) || makers.get(id) !== step) continue;
      discard(derivatives.get(id));
      derivatives.delete(id);
    }
    onDone?.(node);
  }
  return xs.map(({ id }) => derivatives.get(id));
}

/**
 * Tells the derivatives that a backward pass made, and that belong to one tensor alone, from others. Gradients
 * may return what is not theirs: dy itself, one tensor for two inputs, a saved tensor, one of the user's.
 */
function ownership(recorded: boolean) {
  const { id: scope } = engine().state.activeScope;
  const owned = new Set<tf.Tensor>();
  const seen = new Set<tf.Tensor>();

  const own = (derivative: tf.Tensor): tf.Tensor => {
    seen.add(derivative);
    owned.add(derivative);
    return derivative;
  };

  return {
    /** Takes a derivative over. What is not its own is copied (the copy shares its numbers), so that it may be freed. */
    adopt(derivative: tf.Tensor): tf.Tensor {
      // Scopes are numbered in the order in which they begin.
      const fresh = derivative.scopeId >= scope && !derivative.kept && !seen.has(derivative);
      if (fresh) return own(derivative);
      if (!recorded) return own(tf.clone(derivative));
      // A copy would be recorded, and change the order in which the next derivative adds; the scope frees it.
      seen.add(derivative);
      owned.delete(derivative);
      return derivative;
    },

    /** Frees a derivative that is not needed any more, unless somebody else has a part in it. */
    discard(derivative: tf.Tensor | undefined): void {
      if (derivative && owned.delete(derivative) && !derivative.kept) derivative.dispose();
    },
  };
}

type Contributions = ReturnType<NonNullable<TapeNode['gradient']>>;

/** What an operation contributes to the derivatives of its inputs. */
function contributionsOf(node: TapeNode, derivatives: ReadonlyMap<number, tf.Tensor>): Contributions {
  if (node.gradient === undefined) {
    throw new Error(`Cannot compute gradient: gradient function not found for ${node.kernelName}.`);
  }
  return node.gradient(node.outputs.map(({ id }) => derivatives.get(id) ?? null));
}

/** What it contributes to the derivative of one input, checked. */
function contributionTo(node: TapeNode, contributions: Contributions, name: string, x: tf.Tensor): tf.Tensor {
  const contribution = contributions[name];
  if (contribution === undefined) {
    throw new Error(
      `Cannot backprop through input ${name}. Available gradients found: ${Object.keys(contributions)}.`,
    );
  }
  const dx = tf.tidy(contribution);
  const problem = `Error in gradient for op ${node.kernelName}. The gradient of input '${name}'`;
  if (dx.dtype !== 'float32') {
    throw new Error(`${problem} must have 'float32' dtype, but has '${dx.dtype}'`);
  }
  if (!tf.util.arraysEqual(dx.shape, x.shape)) {
    throw new Error(
      `${problem} has shape '${dx.shape}', which does not match the shape of the input '${x.shape}'`,
    );
  }
  return dx;
}
