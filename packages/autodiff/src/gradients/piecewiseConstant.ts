import * as tf from '@tensorflow/tfjs';
import { rule, zerosLike } from './rule.js';

/**
 * Kernels whose value does not change with a small change of the input. Their derivative is zero, so that
 * `tf.where(tf.greater(h, 0), ...)` is differentiable. Listed as [kernel, inputs].
 */
const kernels: [string, ...string[]][] = [
  ['Equal', 'a', 'b'],
  ['NotEqual', 'a', 'b'],
  ['Greater', 'a', 'b'],
  ['GreaterEqual', 'a', 'b'],
  ['Less', 'a', 'b'],
  ['LessEqual', 'a', 'b'],
  ['LogicalAnd', 'a', 'b'],
  ['LogicalOr', 'a', 'b'],
  ['LogicalXor', 'a', 'b'],
  ['LogicalNot', 'x'],
  ['All', 'x'],
  ['Any', 'x'],
  ['ArgMax', 'x'],
  ['ArgMin', 'x'],
  ['FloorDiv', 'a', 'b'],
];

/** The gradients of kernels that are constant piece by piece: zero. */
export const piecewiseConstant: tf.GradConfig[] = [
  ...kernels.map(([kernel, ...inputs]) =>
    rule(kernel, { inputs }, (_dy, saved) =>
      Object.fromEntries(inputs.map((input, i) => [input, () => zerosLike(saved[i]!)])),
    ),
  ),

  // A cast to integers or booleans is a step function; between numbers it is the identity.
  rule<{ dtype: tf.DataType }>('Cast', {}, (dy, _saved, { dtype }) => ({
    x: () => (dtype === 'float32' ? tf.clone(dy) : zerosLike(dy)),
  })),
];
