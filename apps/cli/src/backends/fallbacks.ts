import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  BACKEND_NAME,
  type FallbackCount,
  fallbackKernels,
  fallbackUsage,
  registerWasmBackend,
} from '@ganjs/backend-wasm';
import type { RunStorage } from '@ganjs/runs';
import * as tf from '@tensorflow/tfjs';
import { UsageError } from '../usageError.js';

/** Of a run's folder: how often its last process used which kernels on the cpu backend's code. */
const FILE = 'fallbacks.json';

/** Keeps in the run's folder which kernels the wasm backend had no code of its own for. Other backends do not count. */
export async function recordFallbacks(storage: RunStorage): Promise<void> {
  if (tf.getBackend() !== BACKEND_NAME) return;
  await storage.write(FILE, `${JSON.stringify(fallbackUsage(), null, 2)}\n`);
}

/** `gan doctor --kernels [RUN]` */
export async function tellFallbacks(run: string | undefined): Promise<void> {
  await registerWasmBackend({ threads: 1 });
  const kernels = fallbackKernels();
  console.log(
    `${kernels.length} kernels of TensorFlow.js are not written for the wasm backend and run on the cpu backend's code:`,
  );
  console.log(`  ${kernels.join(', ')}\n`);
  const path = run ?? (await lastRun());
  if (path === undefined) {
    console.log(
      'No run is in runs/ here: train one with --backend wasm, or name its folder, to see what it uses.',
    );
    return;
  }
  const used = await readFallbacks(path);
  const when = run === undefined ? `The last run, ${path},` : path;
  console.log(`${when} used ${used.length > 0 ? 'the cpu code for' : 'none of it.'}`);
  for (const { kernel, count } of used) console.log(`  ${String(count).padStart(8)} x ${kernel}`);
}

async function readFallbacks(path: string): Promise<FallbackCount[]> {
  try {
    return JSON.parse(await readFile(join(path, FILE), 'utf8')) as FallbackCount[];
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code === 'ENOENT' ? `it has no ${FILE}` : String(error);
    throw new UsageError(
      `${path} does not tell which kernels it used: ${why}. Only runs with --backend wasm that reached their end keep that.`,
      { cause: error },
    );
  }
}

/** The run in runs/ that ended last. */
async function lastRun(): Promise<string | undefined> {
  const names = await readdir('runs').catch(() => []);
  const ended = await Promise.all(
    names.map(async (name) => {
      const path = join('runs', name);
      const file = await stat(join(path, FILE)).catch(() => undefined);
      return { path, time: file?.mtimeMs ?? 0 };
    }),
  );
  return ended.filter(({ time }) => time > 0).sort((a, b) => b.time - a.time)[0]?.path;
}
