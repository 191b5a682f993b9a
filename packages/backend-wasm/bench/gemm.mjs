import * as tf from '@tensorflow/tfjs';
import { median, numbers } from './measure.mjs';

/** [M, N, K]: a square product, and the products inside of DCGAN's layers at batch 64. */
const sizes = [
  [512, 512, 512],
  [1024, 1024, 1024],
  [64, 12544, 100],
  [3136, 128, 6400],
  [12544, 64, 3200],
  [3136, 128, 1600],
];

/** Products of every pair of transpositions. */
export async function* gemm({ repeats }) {
  for (const [M, N, K] of sizes) {
    for (const [transposeA, transposeB] of [
      [false, false],
      [false, true],
      [true, false],
      [true, true],
    ]) {
      const a = tf.tensor2d(numbers(M * K, 1), transposeA ? [K, M] : [M, K]);
      const b = tf.tensor2d(numbers(K * N, 2), transposeB ? [N, K] : [K, N]);
      const seconds = await median(() => tf.matMul(a, b, transposeA, transposeB).dispose(), { repeats });
      tf.dispose([a, b]);
      const gflops = (2 * M * N * K) / seconds / 1e9;
      const operands = `${transposeA ? 'T' : 'N'}${transposeB ? 'T' : 'N'}`;
      yield {
        text: `gemm ${M}x${N}x${K} ${operands}  ${gflops.toFixed(1)} GFLOP/s`,
        size: [M, N, K],
        operands,
        seconds,
        gflops,
      };
    }
  }
}
