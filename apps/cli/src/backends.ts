import { registerWasmBackend } from '@ganjs/backend-wasm';
import * as tf from '@tensorflow/tfjs';
import { suggestion, UsageError } from './usageError.js';

/** A way to compute that the user can choose with `--backend`. */
export interface Backend {
  readonly name: string;
  readonly summary: string;
  /** How to get it where it does not work. */
  readonly enable: string;
  /** Makes it TensorFlow.js's backend; throws when it does not work here. */
  start(): Promise<void>;
}

const wasm: Backend = {
  name: 'wasm',
  summary: "ganjs's own WebAssembly kernels: fast on any CPU, nothing to install",
  enable: 'Needs WebAssembly SIMD: Node >= 20 on x86-64 with SSE4.1, or on arm64.',
  async start() {
    await registerWasmBackend();
    await use('ganjs-wasm');
  },
};

const cpu: Backend = {
  name: 'cpu',
  summary: 'plain JavaScript of TensorFlow.js: slow, the reference for all others',
  enable: '',
  start: () => use('cpu'),
};

const node = (name: string, library: string, summary: string, requirement: string): Backend => ({
  name,
  summary,
  enable: `Run \`npm install ${library}\` (it downloads libtensorflow${requirement}).`,
  async start() {
    await optionalImport(library);
    await use('tensorflow');
  },
});

/** In the order in which `auto` tries them, the reference last. */
export const backends: readonly Backend[] = [
  node(
    'node-gpu',
    '@tensorflow/tfjs-node-gpu',
    "TensorFlow's C library on an NVIDIA GPU",
    '; needs CUDA 11.2',
  ),
  node('node', '@tensorflow/tfjs-node', "TensorFlow's C library on the CPU", ''),
  wasm,
  cpu,
];

/**
 * Starts the named backend, or with `auto` the first that works.
 *
 * @returns the backend that now computes.
 * @throws UsageError when the name is unknown or the backend does not work here; it says how to enable it.
 */
export async function startBackend(name: string): Promise<Backend> {
  if (name === 'auto') {
    for (const backend of backends) {
      if (await whyNot(backend).then((reason) => reason === undefined)) return backend;
    }
  }
  const backend = backends.find((candidate) => candidate.name === name);
  if (!backend) {
    const names = ['auto', ...backends.map((candidate) => candidate.name)];
    throw new UsageError(`There is no backend "${name}".${suggestion(name, names)}`);
  }
  const reason = await whyNot(backend);
  if (reason !== undefined)
    throw new UsageError(`The backend "${name}" does not work here: ${reason} ${backend.enable}`);
  return backend;
}

/** Tries a backend: undefined when it started, else why it did not, in one line. */
export async function whyNot(backend: Backend): Promise<string | undefined> {
  try {
    await backend.start();
    return undefined;
  } catch (error) {
    const [line = ''] = String(error instanceof Error ? error.message : error).split('\n');
    return line.endsWith('.') ? line : `${line}.`;
  }
}

/** Imports a library that the user may have installed beside the command line. */
async function optionalImport(library: string): Promise<void> {
  try {
    await import(library);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND')
      throw new Error(`${library} is not installed`);
    throw error;
  }
}

async function use(backendName: string): Promise<void> {
  if (!(await tf.setBackend(backendName))) throw new Error(`TensorFlow.js could not start "${backendName}"`);
  await tf.ready();
}
