import * as tf from '@tensorflow/tfjs';
import { now } from './measure.mjs';

/** Times every kernel of the active backend from now on; call the result for a table of the dearest. */
export function profileKernels() {
  const spent = new Map();
  for (const kernel of tf.getKernelsForBackend(tf.getBackend())) {
    const { kernelName, kernelFunc } = kernel;
    tf.unregisterKernel(kernelName, tf.getBackend());
    tf.registerKernel({
      ...kernel,
      kernelFunc: (call) => {
        const start = now();
        const result = kernelFunc(call);
        // Ours returns while its threads still work.
        call.backend.runtime?.finish();
        const entry = spent.get(kernelName) ?? { count: 0, ms: 0 };
        entry.count++;
        entry.ms += (now() - start) * 1000;
        spent.set(kernelName, entry);
        return result;
      },
    });
  }
  return (steps) => {
    const rows = [...spent].sort((a, b) => b[1].ms - a[1].ms).slice(0, 25);
    const total = [...spent.values()].reduce((sum, { ms }) => sum + ms, 0);
    const line = (name, count, ms) =>
      `${name.padEnd(28)} ${(count / steps).toFixed(0).padStart(5)} x ${(ms / steps).toFixed(2).padStart(9)} ms`;
    return [
      ...rows.map(([name, { count, ms }]) => line(name, count, ms)),
      line('all kernels', 0, total),
    ].join('\n');
  };
}
