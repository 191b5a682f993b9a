import * as tf from '@tensorflow/tfjs';
import type { Derivatives } from '../replaceGradients.js';
import { rule, sumTo } from './rule.js';

/** y = A B, A^T B, A B^T or A^T B^T, with batch axes that broadcast. */
const batchMatMul = rule<{ transposeA: boolean; transposeB: boolean }>(
  'BatchMatMul',
  { inputs: ['a', 'b'] },
  (dy, [a, b], { transposeA, transposeB }) => ({
    a: () =>
      sumTo(
        transposeA ? tf.matMul(b!, dy, transposeB, true) : tf.matMul(dy, b!, false, !transposeB),
        a!.shape,
      ),
    b: () =>
      sumTo(
        transposeB ? tf.matMul(dy, a!, true, transposeA) : tf.matMul(a!, dy, !transposeA, false),
        b!.shape,
      ),
  }),
);

interface Operand {
  tensor: tf.Tensor;
  term: string;
}

/** `dy` times the other operand. What only the other one has is summed first: kernels miss it otherwise. */
function contract(dy: tf.Tensor, output: string, other: Operand, term: string, known: string): tf.Tensor {
  const shared = [...other.term].filter((index) => output.includes(index) || term.includes(index));
  const alone = [...other.term].flatMap((index, axis) => (shared.includes(index) ? [] : [axis]));
  const summed = alone.length > 0 ? tf.sum(other.tensor, alone) : other.tensor;
  return tf.einsum(`${output},${shared.join('')}->${known}`, dy, summed);
}

/**
 * One operand of an einsum: contract `dy` with the other operand; an index that only this operand has was
 * summed away, so its derivative is the same all along it.
 */
function einsumDerivative(
  dy: tf.Tensor,
  operand: tf.Tensor,
  term: string,
  output: string,
  other?: Operand,
): tf.Tensor {
  const known = [...term].filter((index) => output.includes(index) || other?.term.includes(index)).join('');
  const contracted = other ? contract(dy, output, other, term, known) : tf.einsum(`${output}->${known}`, dy);
  if (known === term) return contracted;
  const kept = operand.shape.map((size, axis) => (known.includes(term[axis]!) ? size : 1));
  return tf.broadcastTo(tf.reshape(contracted, kept), operand.shape);
}

const einsum = rule<{ equation: string }>('Einsum', { inputs: 'all' }, (dy, operands, { equation }) => {
  const [left, output] = equation.replace(/\s/g, '').split('->') as [string, string];
  const terms = left.split(',');
  const derivatives: Derivatives = {};
  operands.forEach((operand, i) => {
    const tensor = operands[1 - i];
    const other = tensor && { tensor, term: terms[1 - i]! };
    derivatives[i] = () => einsumDerivative(dy, operand, terms[i]!, output, other);
  });
  return derivatives;
});

/** The gradients of matrix products. */
export const matrices: tf.GradConfig[] = [batchMatMul, einsum];
