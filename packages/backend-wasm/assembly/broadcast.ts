// Operands of elementwise kernels, brought to the shape of the result a block at a time, so that every kernel
// is one loop over two contiguous arrays.
import { at } from './address';
import { packedBlock } from './macro';
import { Cover } from './shared';

/** Elements of a block at most: three blocks stay in the level-1 cache. */
const BLOCK: i32 = 2048;

/** Bytes of a plan's header: mode (a Cover), period, rank; then pairs of dimension and stride, outermost first. */
const HEADER: usize = 12;

// @ts-ignore: decorator
@inline
function buffer(operand: i32): usize {
  return packedBlock() + <usize>operand * (BLOCK * 4);
}

/** Elements of the block that starts at `start`: as far as both operands allow, and not beyond `end`. */
export function blockLength(planA: usize, planB: usize, start: i32, end: i32): i32 {
  let length = end - start;
  length = limit(planA, start, length);
  return limit(planB, start, length);
}

function limit(plan: usize, start: i32, length: i32): i32 {
  const mode = load<i32>(plan);
  if (mode == Cover.SAME) return length;
  const period = load<i32>(plan, 4);
  if (mode == Cover.LONG) return min(length, period - start % period);
  if (mode == Cover.PERIODIC) return min(length, BLOCK / period * period - start % period);
  return min(length, BLOCK);
}

/** Fills what does not change from block to block. */
export function prepareOperand(x: usize, plan: usize, operand: i32): void {
  const mode = load<i32>(plan);
  const to = buffer(operand);
  if (mode == Cover.SCALAR) {
    const value = v128.load32_splat(x);
    for (let i: usize = 0; i < <usize>BLOCK * 4; i += 16) v128.store(to + i, value);
  } else if (mode == Cover.PERIODIC) {
    const bytes = <usize>load<i32>(plan, 4) * 4;
    for (let i: usize = 0; i + bytes <= <usize>BLOCK * 4; i += bytes) memory.copy(to + i, x, bytes);
  }
}

/** Address of `length` elements of the operand from element `start` of the result on. */
export function operandBlock(x: usize, plan: usize, operand: i32, start: i32, length: i32): usize {
  const mode = load<i32>(plan);
  if (mode == Cover.SAME) return at(x, start);
  if (mode == Cover.SCALAR) return buffer(operand);
  if (mode == Cover.STRIDED) {
    expand(x, plan, start, length, buffer(operand));
    return buffer(operand);
  }
  const phase = start % load<i32>(plan, 4);
  return at(mode == Cover.LONG ? x : buffer(operand), phase);
}

/** to[0..length) = elements of the strided operand from element `start` of the result on. */
function expand(x: usize, plan: usize, start: i32, length: i32, to: usize): void {
  const rank = load<i32>(plan, 8);
  const dims = plan + HEADER;
  const inner = load<i32>(dims + <usize>(rank - 1) * 8);
  const stride = load<i32>(dims + <usize>(rank - 1) * 8, 4);
  let row = start / inner;
  let from = start - row * inner;
  while (length > 0) {
    let offset = 0;
    let rest = row;
    for (let d = rank - 2; d >= 0; d--) {
      const dim = load<i32>(dims + <usize>d * 8);
      const next = rest / dim;
      offset += (rest - next * dim) * load<i32>(dims + <usize>d * 8, 4);
      rest = next;
    }
    const count = min(inner - from, length);
    const stop = at(to, count);
    if (stride == 0) {
      const value = v128.load32_splat(at(x, offset));
      for (; to + 16 <= stop; to += 16) v128.store(to, value);
      for (; to < stop; to += 4) v128.store_lane<i32>(to, value, 0);
    } else {
      let source = at(x, offset + from);
      for (; to + 16 <= stop; to += 16, source += 16) v128.store(to, v128.load(source));
      for (; to < stop; to += 4, source += 4) store<i32>(to, load<i32>(source));
    }
    length -= count;
    from = 0;
    row++;
  }
}
