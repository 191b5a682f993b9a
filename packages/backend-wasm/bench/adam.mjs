import * as tf from '@tensorflow/tfjs';

/** Adam: one kernel a step where the backend has it, else that of tf.train. `dispose` frees its moments. */
export function adam(learningRate, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7) {
  if (tf.getKernel('GanjsAdam', tf.getBackend()) == null) {
    const optimizer = tf.train.adam(learningRate, beta1, beta2, epsilon);
    return Object.assign((gradients) => optimizer.applyGradients(gradients), {
      dispose: () => optimizer.dispose(),
    });
  }
  const moments = new Map();
  let steps = 0;
  const step = (gradients) => {
    steps++;
    const names = Object.keys(gradients);
    const variables = names.map((name) => tf.engine().registeredVariables[name]);
    for (const variable of variables) {
      if (moments.has(variable.name)) continue;
      moments.set(variable.name, [tf.keep(tf.zerosLike(variable)), tf.keep(tf.zerosLike(variable))]);
    }
    tf.engine().runKernel(
      'GanjsAdam',
      {
        variables,
        gradients: names.map((name) => gradients[name]),
        first: names.map((name) => moments.get(name)[0]),
        second: names.map((name) => moments.get(name)[1]),
      },
      {
        learningRate,
        beta1,
        beta2,
        epsilon,
        correction1: 1 - beta1 ** steps,
        correction2: 1 - beta2 ** steps,
      },
    );
  };
  return Object.assign(step, { dispose: () => tf.dispose([...moments.values()]) });
}
