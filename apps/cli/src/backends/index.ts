import { registerWasmBackend } from '@ganjs/backend-wasm';
import { suggestion } from '@ganjs/errors';
import { UsageError } from '../usageError.js';
import { type Backend, optionalImport, type StartOptions, use } from './backend.js';
import { webgpu } from './webgpu.js';

const wasm: Backend = {
  name: 'wasm',
  summary: "ganjs's own WebAssembly kernels: fast on any CPU, nothing to install",
  enable: 'It needs WebAssembly SIMD, which Node >= 20 has on x86-64 with SSE4.1 and on arm64.',
  threaded: true,
  async start({ threads }) {
    await registerWasmBackend(threads === undefined ? {} : { threads });
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

/** In the order in which `auto` tries them: a GPU, then the C library, then our own; the reference last. */
export const backends: readonly Backend[] = [
  webgpu,
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
 * Starts the named backend, or with `auto` the first that works; then it says which, and why none before it.
 *
 * @param threads for a backend that takes a number of them; default: the physical cores that it may use.
 * @returns the backend that now computes.
 * @throws UsageError when the name is unknown, the backend does not work here (it says how to enable it), or
 * takes no number of threads.
 */
export async function startBackend(name: string, threads?: number): Promise<Backend> {
  const backend = name === 'auto' ? await firstWorking(threads) : named(name);
  if (threads !== undefined && !backend.threaded) {
    throw new UsageError(
      `The backend "${backend.name}" takes no --threads: leave it out, or add --backend wasm.`,
    );
  }
  if (name === 'auto') return backend;
  const reason = await whyNot(backend, { auto: false, threads });
  if (reason === undefined) return backend;
  throw new UsageError(`The backend "${name}" does not work here: ${reason} ${backend.enable}`);
}

async function firstWorking(threads?: number): Promise<Backend> {
  const reasons: string[] = [];
  for (const backend of backends) {
    const reason = await whyNot(backend, { auto: true, threads });
    if (reason === undefined) {
      const why = reasons.length > 0 ? `; ${reasons.join('; ')}` : '';
      process.stderr.write(`--backend auto took ${backend.name}, ${backend.summary}${why}\n`);
      return backend;
    }
    reasons.push(`not ${backend.name}: ${reason.replace(/\.$/, '')}`);
  }
  throw new UsageError('No backend works here: `gan doctor` says why.');
}

function named(name: string): Backend {
  const backend = backends.find((candidate) => candidate.name === name);
  if (backend) return backend;
  const names = ['auto', ...backends.map((candidate) => candidate.name)];
  throw new UsageError(`There is no backend "${name}".${suggestion(name, names)}`);
}

/** Tries a backend: undefined when it started, else why it did not, in one line. */
export async function whyNot(
  backend: Backend,
  options: StartOptions = { auto: true },
): Promise<string | undefined> {
  try {
    await backend.start(options);
    return undefined;
  } catch (error) {
    const [line = ''] = String(error instanceof Error ? error.message : error).split('\n');
    return line.endsWith('.') ? line : `${line}.`;
  }
}
