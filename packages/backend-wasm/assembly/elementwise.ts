// The loops of the elementwise kernels, which scripts/elementwise.mjs lists: out[i] = f(x[i]), or f(a[i], b[i]) with both
// operands broadcast by their plans (see broadcast.ts), for i in [begin, end) of the result. An element's result does not
// depend on its place in a vector, so that ranges may be cut anywhere.
import { at } from './address';
import { pack16 } from './bool';
import { blockLength, operandBlock, prepareOperand } from './broadcast';

/** Functions of 4-byte elements. Where the engine joins neighbouring vectors, they are offered side by side. */
// @ts-ignore: decorator
@inline
export function mapVectors<Op>(x: usize, out: usize, a: v128, b: v128, begin: i32, end: i32): void {
  const op = changetype<Op>(0);
  let p = x + ((<usize>begin) << 2);
  let q = out + ((<usize>begin) << 2);
  const stop = x + ((<usize>end) << 2);
  if (WIDE) {
    for (; p + 32 <= stop; p += 32, q += 32) {
      const low = op.apply(v128.load(p), a, b);
      const high = op.apply(v128.load(p, 16), a, b);
      v128.store(q, low);
      v128.store(q, high, 16);
    }
  }
  for (; p + 16 <= stop; p += 16, q += 16) v128.store(q, op.apply(v128.load(p), a, b));
  for (; p < stop; p += 4, q += 4) v128.store_lane<i32>(q, op.apply(v128.load32_zero(p), a, b), 0);
}

/** Functions of float32 elements, one at a time. */
// @ts-ignore: decorator
@inline
export function mapScalars<Op>(x: usize, out: usize, begin: i32, end: i32): void {
  const op = changetype<Op>(0);
  for (let p = (<usize>begin) << 2, stop = (<usize>end) << 2; p < stop; p += 4) {
    store<f32>(out + p, op.apply(load<f32>(x + p)));
  }
}

/** Conditions on 4-byte elements: 1-byte results. */
// @ts-ignore: decorator
@inline
export function testVectors<Op>(x: usize, out: usize, begin: i32, end: i32): void {
  const op = changetype<Op>(0);
  let i = begin;
  for (; i + 16 <= end; i += 16) {
    const p = at(x, i);
    v128.store(
      out + <usize>i,
      pack16(
        op.apply(v128.load(p)), op.apply(v128.load(p, 16)), op.apply(v128.load(p, 32)), op.apply(v128.load(p, 48)),
      ),
    );
  }
  for (; i < end; i++) {
    store<u8>(out + <usize>i, <u8>(i32x4.extract_lane(op.apply(v128.load32_zero(at(x, i))), 0) & 1));
  }
}

/** The loop over pairs, a block of the result at a time: in a block both operands are contiguous. */
// @ts-ignore: decorator
@inline
export function eachBlock<Loop>(a: usize, planA: usize, b: usize, planB: usize, out: usize, begin: i32, end: i32): void {
  const loop = changetype<Loop>(0);
  prepareOperand(a, planA, 0);
  prepareOperand(b, planB, 1);
  for (let start = begin; start < end; ) {
    const length = blockLength(planA, planB, start, end);
    const p = operandBlock(a, planA, 0, start, length);
    const q = operandBlock(b, planB, 1, start, length);
    loop.run(p, q, out, <usize>start, <usize>length);
    start += length;
  }
}

/** Functions of two 4-byte elements. */
// @ts-ignore: decorator
@unmanaged
export class MapPairs<Op> {
  // @ts-ignore: decorator
  @inline
  run(p: usize, q: usize, out: usize, start: usize, length: usize): void {
    const op = changetype<Op>(0);
    let r = out + (start << 2);
    const stop = r + (length << 2);
    for (; r + 16 <= stop; p += 16, q += 16, r += 16) v128.store(r, op.apply(v128.load(p), v128.load(q)));
    for (; r < stop; p += 4, q += 4, r += 4) {
      v128.store_lane<i32>(r, op.apply(v128.load32_zero(p), v128.load32_zero(q)), 0);
    }
  }
}

/** Conditions on two elements: 1-byte results. */
// @ts-ignore: decorator
@unmanaged
export class TestPairs<Op> {
  // @ts-ignore: decorator
  @inline
  run(p: usize, q: usize, out: usize, start: usize, length: usize): void {
    const op = changetype<Op>(0);
    let r = out + start;
    const stop = r + length;
    for (; r + 16 <= stop; p += 64, q += 64, r += 16) {
      v128.store(
        r,
        pack16(
          op.apply(v128.load(p), v128.load(q)),
          op.apply(v128.load(p, 16), v128.load(q, 16)),
          op.apply(v128.load(p, 32), v128.load(q, 32)),
          op.apply(v128.load(p, 48), v128.load(q, 48)),
        ),
      );
    }
    for (; r < stop; p += 4, q += 4, r += 1) {
      store<u8>(r, <u8>(i32x4.extract_lane(op.apply(v128.load32_zero(p), v128.load32_zero(q)), 0) & 1));
    }
  }
}

/** Functions of two elements, one at a time. */
// @ts-ignore: decorator
@unmanaged
export class MapScalarPairs<Op, T> {
  // @ts-ignore: decorator
  @inline
  run(p: usize, q: usize, out: usize, start: usize, length: usize): void {
    const op = changetype<Op>(0);
    let r = out + (start << 2);
    const stop = r + (length << 2);
    for (; r < stop; p += 4, q += 4, r += 4) store<T>(r, op.apply(load<T>(p), load<T>(q)));
  }
}
