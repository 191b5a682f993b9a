import { Stream } from './stream.js';

/** Two copies of this package in one process, as npm may install them, must draw from one stream. */
const KEY = Symbol.for('@ganjs/random/ambient');

const shared = globalThis as { [KEY]?: Stream };

/**
 * The stream that layers with randomness of their own (dropout, noise) draw from, because a `tf.layers`
 * layer has no argument to receive one. Without `withStream` it is a fixed process-wide stream.
 */
export function ambientStream(): Stream {
  shared[KEY] ??= new Stream([0, 'ambient']);
  return shared[KEY];
}

/**
 * Runs `f` with `stream` as the ambient stream, also for layers that have another copy of this package. `f` must be
 * synchronous: a promise would outlive the scope.
 *
 * @returns what `f` returns.
 */
export function withStream<T>(stream: Stream, f: () => T): T {
  const outer = ambientStream();
  shared[KEY] = stream;
  try {
    return f();
  } finally {
    shared[KEY] = outer;
  }
}
