import * as tf from '@tensorflow/tfjs';
import { untraced } from '../untraced.js';
import { rule } from './rule.js';

type Scan = { axis: number; exclusive: boolean; reverse: boolean };

/** Maximum or minimum over axes: `dy` goes to the extreme element, in equal parts where several are. */
function extreme(
  kernel: string,
  axesOf: (attributes: Record<string, number | number[]>) => number | number[],
) {
  return rule<Record<string, number | number[]>>(
    kernel,
    { inputs: ['x'], outputs: [true] },
    (dy, [x, y], attributes) => ({
      x: () => {
        const axes = tf.util.parseAxisParam(axesOf(attributes), x!.shape);
        const kept = x!.shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
        const share = untraced(() => {
          const chosen = tf.cast(tf.equal(x!, tf.reshape(y!, kept)), 'float32');
          return tf.div(chosen, tf.sum(chosen, axes, true));
        });
        return tf.mul(tf.reshape(dy, kept), share);
      },
    }),
  );
}

/** Moves `axis` to the end and flattens the others: [rows, length]. */
function rowsAlong(
  x: tf.Tensor,
  axis: number,
): { rows: tf.Tensor2D; restore: (rows: tf.Tensor) => tf.Tensor } {
  const others = x.shape.map((_, i) => i).filter((i) => i !== axis);
  const order = [...others, axis];
  const moved = tf.transpose(x, order);
  return {
    rows: tf.reshape(moved, [tf.util.sizeFromShape(moved.shape.slice(0, -1)), x.shape[axis]!]) as tf.Tensor2D,
    restore: (rows) =>
      tf.transpose(
        tf.reshape(rows, moved.shape),
        x.shape.map((_, i) => order.indexOf(i)),
      ),
  };
}

/**
 * The derivative of y_j = x_0 ... x_j along the rows, right also where an x is zero:
 * dx_i = (x_0 ... x_{i-1}) sum_{j >= i} dy_j (x_{i+1} ... x_j).
 */
function cumprodDerivative(x: tf.Tensor2D, dy: tf.Tensor): tf.Tensor {
  const [rows, length] = x.shape;
  const [later, notEarlier] = untraced(() => {
    const position = tf.range(0, length, 1);
    const i = tf.reshape(position, [length, 1]);
    return [tf.cast(tf.greater(position, i), 'float32'), tf.cast(tf.greaterEqual(position, i), 'float32')];
  });
  const spread = tf.reshape(x, [rows, 1, length]);
  const factors = tf.add(
    tf.mul(spread, later!),
    untraced(() => tf.sub(1, later!)),
  );
  const products = tf.mul(tf.cumprod(factors, 2), notEarlier!);
  const tails = tf.sum(tf.mul(products, tf.reshape(dy, [rows, 1, length])), 2);
  return tf.mul(tf.cumprod(x, 1, true), tails);
}

/** The gradients of reductions. */
export const reductions: tf.GradConfig[] = [
  extreme('Max', ({ reductionIndices }) => reductionIndices!),
  extreme('Min', ({ axis }) => axis!),

  rule<Scan>('Cumsum', {}, (dy, _saved, { axis, exclusive, reverse }) => ({
    x: () => tf.cumsum(dy, axis, exclusive, !reverse),
  })),

  rule<Scan>('Cumprod', { inputs: ['x'] }, (dy, [x], { axis, exclusive, reverse }) => ({
    x: () => {
      const [along] = tf.util.parseAxisParam(axis, x!.shape);
      const flip = (t: tf.Tensor) => (reverse ? tf.reverse(t, 1) : t) as tf.Tensor2D;
      const { rows, restore } = rowsAlong(x!, along!);
      let dRows = flip(rowsAlong(dy, along!).rows);
      if (exclusive) {
        const [count, length] = dRows.shape as [number, number];
        const longer = tf.pad(dRows, [
          [0, 0],
          [0, 1],
        ]);
        dRows = tf.slice(longer, [0, 1], [count, length]);
      }
      return restore(flip(cumprodDerivative(flip(rows), dRows)));
    },
  })),
];
