import { util } from '@tensorflow/tfjs';
import { Cover } from '../generated/constants.js';

/** What assembly/broadcast.ts reads: mode (a Cover), period, rank, then pairs of dimension and stride. */
export type OperandPlan = readonly number[];

/** Periods up to this are repeated in a block, longer ones are read in place. */
const LONGEST_REPEATED = 1024;

/** How an operand of shape `from` covers a result of shape `to`, which it broadcasts to. */
export function operandPlan(from: readonly number[], to: readonly number[]): OperandPlan {
  const size = util.sizeFromShape(to as number[]);
  const own = util.sizeFromShape(from as number[]);
  if (own === size) return [Cover.SAME];
  if (own === 1) return [Cover.SCALAR];
  const box = operandBox(from, to);
  const [repeats, row] = box;
  if (box.length === 2 && repeats![1] === 0 && row![1] === 1) {
    return [row![0] > LONGEST_REPEATED ? Cover.LONG : Cover.PERIODIC, row![0]];
  }
  return [Cover.STRIDED, 0, box.length, ...box.flat()];
}

/** Dimensions and strides of the operand, outermost first; neighbours that can be walked as one are merged. */
function operandBox(from: readonly number[], to: readonly number[]): [number, number][] {
  const box: [number, number][] = [];
  let stride = 1;
  for (let i = 1; i <= to.length; i++) {
    const size = to[to.length - i]!;
    const own = from[from.length - i] ?? 1;
    if (size === 1) continue;
    const step = own === 1 ? 0 : stride;
    stride *= own;
    const inner = box[0];
    if (inner !== undefined && step === inner[0] * inner[1]) inner[0] *= size;
    else box.unshift([size, step]);
  }
  return box;
}
