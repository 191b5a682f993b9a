import { Stream } from './stream.js';

let current = new Stream([0, 'ambient']);

/**
 * The stream that layers with randomness of their own (dropout, noise) draw from, because a `tf.layers`
 * layer has no argument to receive one. Without `withStream` it is a fixed process-wide stream.
 */
export function ambientStream(): Stream {
  return current;
}

/**
 * Runs `f` with `stream` as the ambient stream. `f` must be synchronous: a promise would outlive the scope.
 *
 * @returns what `f` returns.
 */
export function withStream<T>(stream: Stream, f: () => T): T {
  const outer = current;
  current = stream;
  try {
    return f();
  } finally {
    current = outer;
  }
}
