import * as tf from '@tensorflow/tfjs';
import { openBackend } from './backends.mjs';
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

const transpositions = [
  [false, false],
  [false, true],
  [true, false],
  [true, true],
];

/** GFLOP/s of a product on the active backend. */
async function speed([M, N, K], [transposeA, transposeB], repeats) {
  const a = tf.tensor2d(numbers(M * K, 1), transposeA ? [K, M] : [M, K]);
  const b = tf.tensor2d(numbers(K * N, 2), transposeB ? [N, K] : [K, N]);
  const seconds = await median(() => tf.matMul(a, b, transposeA, transposeB).dispose(), repeats);
  tf.dispose([a, b]);
  return (2 * M * N * K) / seconds / 1e9;
}

/** Products of every pair of transpositions; `against` measures another backend in turn, and tells the ratio. */
export async function* gemm({ repeats, against }) {
  const backend = tf.getBackend();
  if (against) await openBackend(against, 1);
  const other = tf.getBackend();
  for (const size of sizes) {
    for (const transposed of transpositions) {
      await tf.setBackend(backend);
      const gflops = await speed(size, transposed, { repeats });
      const operands = transposed.map((t) => (t ? 'T' : 'N')).join('');
      const result = { size, operands, gflops };
      if (against) {
        await tf.setBackend(other);
        result.against = against;
        // A transposed product takes stock TensorFlow.js seconds.
        const runs = transposed.includes(true) ? { repeats: 1, warmUp: 0 } : { repeats: 5, warmUp: 2 };
        result.gflopsAgainst = await speed(size, transposed, runs);
        result.ratio = gflops / result.gflopsAgainst;
      }
      const comparison = against
        ? `, ${against} ${result.gflopsAgainst.toFixed(1)}: ${result.ratio.toFixed(1)} times as fast`
        : '';
      yield {
        text: `gemm ${size.join('x')} ${operands}  ${gflops.toFixed(1)} GFLOP/s${comparison}`,
        ...result,
      };
    }
  }
}
