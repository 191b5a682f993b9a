import { describeTensor, ShapeError } from '@ganjs/errors';
import * as tf from '@tensorflow/tfjs';

/**
 * One float a sample, shaped [N, 1, …, 1] to be multiplied with `samples` [N, …]. Throws a ShapeError unless `values`
 * holds N values along its first axis.
 */
export function perSample(where: string, name: string, values: tf.Tensor, samples: tf.Tensor): tf.Tensor {
  const [batch = 0, ...rest] = samples.shape;
  if (values.rank === 0 || values.shape[0] !== batch || values.size !== batch) {
    throw new ShapeError(
      where,
      `${name} of ${describeTensor(values)} for samples [${samples.shape}]`,
      `one value a sample: [${batch}] or [${batch}, 1, …]`,
      'Draw one number for each sample, not one a pixel or one a batch.',
    );
  }
  return tf.reshape(tf.cast(values, 'float32'), [batch, ...rest.map(() => 1)]);
}
