import * as tf from '@tensorflow/tfjs';

/**
 * Makes a class known to `tf.loadLayersModel`. Class names carry the namespace: `Ganjs>PixelNorm`.
 */
export function register(serializable: {
  className: string;
  new (config: never): tf.serialization.Serializable;
}): void {
  const [namespace, name] = serializable.className.split('>');
  tf.serialization.registerClass(
    serializable as tf.serialization.SerializableConstructor<tf.serialization.Serializable>,
    namespace,
    name,
  );
}
