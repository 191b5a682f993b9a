import { Worker } from 'node:worker_threads';

/** Multiplications that only wait for a free unit of the processor: no memory, little dependence. */
function multiply(rounds) {
  let [a, b, c, d, e, f, g, h] = [1, 2, 3, 4, 5, 6, 7, 8];
  for (let i = 0; i < rounds; i++) {
    a = a * 0.999 + 0.001;
    b = b * 0.999 + 0.002;
    c = c * 0.999 + 0.003;
    d = d * 0.999 + 0.004;
    e = e * 0.999 + 0.005;
    f = f * 0.999 + 0.006;
    g = g * 0.999 + 0.007;
    h = h * 0.999 + 0.008;
  }
  return a + b + c + d + e + f + g + h;
}

const ROUNDS = 10_000_000;

/**
 * Measures what the machine itself gains from `count` threads, in a loop that needs nothing that cores share: `count` on
 * idle cores, and less while somebody else uses one, or its other half.
 *
 * @returns a function that measures it once
 */
export async function coreGain(count) {
  const [ROUND, DONE] = [0, 1];
  const words = new Int32Array(new SharedArrayBuffer(8));
  const source = `const { parentPort, workerData: words } = require('node:worker_threads');
    ${multiply}
    parentPort.postMessage('ready');
    for (let round = 0; ; round++) {
      Atomics.wait(words, ${ROUND}, round);
      multiply(${ROUNDS});
      Atomics.add(words, ${DONE}, 1);
    }`;
  for (let i = 1; i < count; i++) {
    const worker = new Worker(source, { eval: true, workerData: words });
    await new Promise((resolve) => worker.once('message', resolve));
    worker.unref();
  }
  const timed = (work) => {
    const start = performance.now();
    work();
    return performance.now() - start;
  };
  const measure = () => {
    const one = timed(() => multiply(ROUNDS));
    const all = timed(() => {
      Atomics.store(words, DONE, 0);
      Atomics.add(words, ROUND, 1);
      Atomics.notify(words, ROUND);
      multiply(ROUNDS);
      while (Atomics.load(words, DONE) < count - 1);
    });
    return (count * one) / all;
  };
  for (let i = 0; i < 3; i++) measure();
  return measure;
}
