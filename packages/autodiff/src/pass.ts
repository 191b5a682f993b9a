import * as tf from '@tensorflow/tfjs';
import { backpropagate, type Step, stepsBetween } from './backpropagation.js';
import { corrected, engine, type TapeNode } from './engine.js';

/** What is differentiated, and with respect to what. */
export interface Target {
  readonly y: tf.Tensor;
  readonly xs: readonly tf.Tensor[];
  /** The derivative of what is differentiated by y, in its shape; ones when absent. */
  readonly dy?: tf.Tensor | null | undefined;
  /** Whether it is an error when y does not depend on any x. */
  readonly mustDepend?: boolean;
}

/**
 * One forward pass, and a backward pass for each of what it leads to.
 *
 * Inside of another derivative, the pass is recorded on that one's tape, which keeps what it needs. Otherwise
 * the backward passes free the tape as they go: first the operations that do not lead from an x to a y, then
 * each operation when the last pass that needs it has passed it.
 *
 * @param known what is differentiated with respect to, as far as it is known before `forward` runs
 * @param forward computes what is differentiated; its other tensors are disposed
 * @returns for each target its y and the derivatives by its xs, `undefined` where y does not depend on x
 */
export function differentiate(
  known: readonly tf.Tensor[],
  forward: () => readonly Target[],
): { y: tf.Tensor; gradients: (tf.Tensor | undefined)[] }[] {
  // So that nothing is left when a gradient throws, not even y.
  return tf.tidy(() => onTape(known, (recorded) => backwards(record(forward), recorded)));
}

function backwards(targets: readonly Target[], recorded: boolean) {
  const tape = engine().state.activeTape!;
  const passes = targets.map((target) => ({ ...target, steps: stepsBetween(tape, target.xs, target.y) }));
  for (const { steps, mustDepend } of passes) {
    if (!mustDepend || steps.length > 0) continue;
    throw new Error(
      'Cannot compute gradient of y=f(x) with respect to x. Make sure that the f you passed encloses all ' +
        'operations that lead from x to y.',
    );
  }
  const onDone = recorded ? undefined : freeing(tape, passes);
  return tf.tidy('backward', () =>
    passes.map((pass) => ({ y: pass.y, gradients: backpropagate({ ...pass, recorded, onDone }) })),
  );
}

/** Runs a pass on the tape in progress, or, where nothing is being recorded, on one of its own. */
function onTape<T>(known: readonly tf.Tensor[], run: (recorded: boolean) => T): T {
  if (engine().isTapeOn()) return run(true);
  const { state, [corrected]: corrections } = engine();
  const { activeTape, gradientDepth, kernelDepth } = state;
  const { inputs } = corrections!;
  const tape: TapeNode[] = [];
  Object.assign(state, { activeTape: tape, gradientDepth: 0, kernelDepth: 0 });
  corrections!.inputs = known;
  try {
    return run(false);
  } finally {
    // All that the backward passes did not reach, because one of them, or the forward pass, threw.
    for (const node of tape) dispose(node.saved);
    Object.assign(state, { activeTape, gradientDepth, kernelDepth });
    corrections!.inputs = inputs;
  }
}

/** Records what `forward` computes. */
function record(forward: () => readonly Target[]): readonly Target[] {
  const { state } = engine();
  state.gradientDepth++;
  try {
    let targets: readonly Target[] = [];
    tf.tidy('forward', () => {
      targets = forward();
      return targets.map(({ y }) => y);
    });
    return targets;
  } finally {
    state.gradientDepth--;
  }
}

/** Frees what no pass needs; returns what frees an operation when the last pass that needs it is done with it. */
function freeing(tape: readonly TapeNode[], passes: readonly { readonly steps: readonly Step[] }[]) {
  const needed = new Map<TapeNode, number>();
  for (const { node } of passes.flatMap(({ steps }) => steps)) needed.set(node, (needed.get(node) ?? 0) + 1);
  for (const node of tape) if (!needed.has(node)) dispose(node.saved);
  return (node: TapeNode) => {
    const others = needed.get(node)! - 1;
    needed.set(node, others);
    if (others === 0) dispose(node.saved);
  };
}

function dispose(tensors: readonly tf.Tensor[]): void {
  for (const tensor of tensors) tensor.dispose();
}
