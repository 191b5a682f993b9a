// Rows chosen by index, and sums into rows chosen by index.
import { at } from './address';

/**
 * out[g, k, :] = x[g, indices[g / outer, k], :] for units u = g * count + k. x is [batch * outer, rows, bytes],
 * indices [batch, count], out [batch * outer, count, bytes].
 */
export function gatherRows(
  x: usize, indices: usize, out: usize, outer: i32, rows: i32, count: i32, bytes: i32, begin: i32, end: i32,
): void {
  for (let u = begin; u < end; u++) {
    const group = u / count;
    const k = u - group * count;
    const index = load<i32>(at(indices, group / outer * count + k));
    const from = x + (<usize>group * <usize>rows + <usize>index) * <usize>bytes;
    const to = out + <usize>u * <usize>bytes;
    if (bytes == 4) store<i32>(to, load<i32>(from));
    else if (bytes < 64) for (let i: usize = 0; i < <usize>bytes; i++) store<u8>(to + i, load<u8>(from + i));
    else memory.copy(to, from, bytes);
  }
}

/**
 * out[indices[k], :] = x[k, :] for k in turn; rows of `bytes` bytes, or all rows the same if `repeat`. Bytes [begin, end)
 * of the rows are done.
 */
export function scatterRows(
  x: usize, indices: usize, out: usize, count: i32, bytes: i32, repeat: i32, begin: i32, end: i32,
): void {
  for (let k = 0; k < count; k++) {
    const from = repeat ? x : x + <usize>k * <usize>bytes;
    const to = out + <usize>load<i32>(at(indices, k)) * <usize>bytes;
    memory.copy(to + begin, from + begin, end - begin);
  }
}

// @ts-ignore: decorator
@inline
function scatterAdd<Op, T>(
  x: usize, indices: usize, out: usize, count: i32, limit: i32, inner: i32, begin: i32, end: i32,
): void {
  const op = changetype<Op>(0);
  for (let k = 0; k < count; k++) {
    const index = load<i32>(at(indices, k));
    if (<u32>index >= <u32>limit) continue;
    let p = at(x, k * inner + begin);
    let q = at(out, index * inner + begin);
    const stop = at(out, index * inner + end);
    for (; q + 16 <= stop; p += 16, q += 16) v128.store(q, op.apply(v128.load(q), v128.load(p)));
    for (; q < stop; p += 4, q += 4) store<T>(q, load<T>(q) + load<T>(p));
  }
}

@unmanaged class AddF32 {
  @inline apply(x: v128, y: v128): v128 {
    return f32x4.add(x, y);
  }
}
/**
 * out[indices[k], c] += x[k, c] for k in turn and columns c in [begin, end); indices outside [0, limit) are
 * passed over.
 */
export function scatterAddF32(
  x: usize, indices: usize, out: usize, count: i32, limit: i32, inner: i32, begin: i32, end: i32,
): void {
  scatterAdd<AddF32, f32>(x, indices, out, count, limit, inner, begin, end);
}

@unmanaged class AddI32 {
  @inline apply(x: v128, y: v128): v128 {
    return i32x4.add(x, y);
  }
}
export function scatterAddI32(
  x: usize, indices: usize, out: usize, count: i32, limit: i32, inner: i32, begin: i32, end: i32,
): void {
  scatterAdd<AddI32, i32>(x, indices, out, count, limit, inner, begin, end);
}
