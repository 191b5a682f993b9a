import { pathToFileURL } from 'node:url';
import * as tf from '@tensorflow/tfjs';
import { resolve } from 'import-meta-resolve';

/** A way to compute that the user can choose with `--backend`. */
export interface Backend {
  readonly name: string;
  readonly summary: string;
  /** How to get it where it does not work. */
  readonly enable: string;
  /** Whether it takes a number of threads. */
  readonly threaded?: boolean;
  /** Makes it TensorFlow.js's backend; throws when it does not work here. */
  start(options: StartOptions): Promise<void>;
}

/** How to start a backend. */
export interface StartOptions {
  /** Nobody named it. */
  readonly auto: boolean;
  /** Threads to compute with; default: what the backend finds best. Only where it is `threaded`. */
  readonly threads?: number | undefined;
}

/** Imports a library that the user may have installed, in the current folder or beside the command line. */
export async function optionalImport<T = unknown>(library: string): Promise<T> {
  try {
    return (await import(locate(library))) as T;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') {
      throw new Error(`${library} is not installed`, { cause: error });
    }
    throw error;
  }
}

function locate(library: string): string {
  try {
    return resolve(library, pathToFileURL(`${process.cwd()}/`).href);
  } catch {
    return library;
  }
}

/** Makes a registered backend the one that computes. */
export async function use(backendName: string): Promise<void> {
  if (!(await tf.setBackend(backendName))) throw new Error(`TensorFlow.js could not start "${backendName}"`);
  await tf.ready();
}
