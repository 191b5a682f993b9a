// Normalization with given statistics.
import { fma } from './fma';

/**
 * out[r, c] = (x[r, c] - mean[c]) factor[c] + offset[c] for rows [begin, end) of [rows, channels]; `table` holds
 * mean, factor and offset, one after the other.
 */
export function batchNormRows(x: usize, table: usize, channels: i32, out: usize, begin: i32, end: i32): void {
  const bytes = <usize>channels * 4;
  const wide = <usize>(channels & ~3) * 4;
  const factor = table + bytes;
  const offset = factor + bytes;
  let s = x + <usize>begin * bytes;
  let o = out + <usize>begin * bytes;
  for (let r = begin; r < end; r++) {
    let c: usize = 0;
    for (; c < wide; c += 16) {
      const centred = f32x4.sub(v128.load(s + c), v128.load(table + c));
      v128.store(o + c, fma(centred, v128.load(factor + c), v128.load(offset + c)));
    }
    for (; c < bytes; c += 4) {
      store<f32>(o + c, (load<f32>(s + c) - load<f32>(table + c)) * load<f32>(factor + c) + load<f32>(offset + c));
    }
    s += bytes;
    o += bytes;
  }
}

/** The table of batchNormRows: factor = scale / sqrt(variance + epsilon). Sizes of one are repeated; 0 means none. */
export function batchNormTable(
  mean: usize, meanSize: i32, variance: usize, varianceSize: i32, offset: usize, offsetSize: i32,
  scale: usize, scaleSize: i32, epsilon: f32, table: usize, channels: i32,
): void {
  const bytes = <usize>channels * 4;
  for (let c = 0; c < channels; c++) {
    const o = table + <usize>c * 4;
    const gain: f32 = scaleSize == 0 ? 1 : load<f32>(scale + <usize>(c % scaleSize) * 4);
    store<f32>(o, load<f32>(mean + <usize>(c % meanSize) * 4));
    store<f32>(o + bytes, gain / sqrt<f32>(load<f32>(variance + <usize>(c % varianceSize) * 4) + epsilon));
    store<f32>(o + 2 * bytes, offsetSize == 0 ? 0 : load<f32>(offset + <usize>(c % offsetSize) * 4));
  }
}
