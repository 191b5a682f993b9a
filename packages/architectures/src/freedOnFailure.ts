import * as tf from '@tensorflow/tfjs';

/**
 * Builds something whose weights nobody else can reach before it is whole: when that fails, frees those made so far.
 *
 * @returns what `build` returns.
 * @throws what `build` throws.
 */
export function freedOnFailure<T>(build: () => T): T {
  const engine = tf.engine();
  const before = new Set(Object.values(engine.registeredVariables));
  // A weight's first values are a tensor of their own until its variable is made.
  engine.startScope('build');
  try {
    return build();
  } catch (error) {
    tf.dispose(Object.values(engine.registeredVariables).filter((variable) => !before.has(variable)));
    throw error;
  } finally {
    engine.endScope();
  }
}
