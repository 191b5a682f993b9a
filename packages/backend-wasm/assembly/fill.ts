/** out[begin..end) = value, for 4-byte elements; `bits` is the bit pattern of the value. */
export function fill32(out: usize, bits: i32, begin: i32, end: i32): void {
  const wide = i32x4.splat(bits);
  let i = begin;
  for (; i + 4 <= end; i += 4) v128.store(out + ((<usize>i) << 2), wide);
  for (; i < end; i++) store<i32>(out + ((<usize>i) << 2), bits);
}

/** out[begin..end) = value, for 1-byte elements. */
export function fill8(out: usize, value: i32, begin: i32, end: i32): void {
  memory.fill(out + <usize>begin, <u8>value, <usize>(end - begin));
}
