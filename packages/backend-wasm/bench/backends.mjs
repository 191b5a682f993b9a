import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import * as tf from '@tensorflow/tfjs';

/** Makes a backend the active one; returns the number of threads that it uses, or null where it does not say. */
export async function openBackend(name, threads) {
  switch (name) {
    case 'wasm': {
      const ours = await import('../dist/index.js');
      await tf.setBackend(await ours.registerWasmBackend({ threads }));
      return ours.threadCount();
    }
    case 'cpu':
      await tf.setBackend('cpu');
      return 1;
    case 'tfjs-wasm': {
      const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
      const entry = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
      setWasmPaths(`${dirname(entry)}/`);
      await tf.setBackend('wasm');
      return 1;
    }
    case 'node':
      try {
        await import('@tensorflow/tfjs-node');
      } catch {
        throw new Error("backend 'node' needs @tensorflow/tfjs-node: npm install @tensorflow/tfjs-node");
      }
      await tf.setBackend('tensorflow');
      return null;
    default:
      throw new Error(`unknown backend '${name}'; there are: wasm, cpu, tfjs-wasm, node`);
  }
}
