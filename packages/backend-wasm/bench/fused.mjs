import * as tf from '@tensorflow/tfjs';
import { median, numbers } from './measure.mjs';

const LOW = [1, 3, 3, 1].map((v) => v / 8);

/** Upsampling (or downsampling) by 2 and a filter along one image axis, of operations that every backend has. */
function composed(x, axis, up, down, [before, after]) {
  const [batch, height, width, channels] = x.shape;
  const lines = axis === 1 ? [batch * height, 1, width * channels] : [batch * height * width, 1, channels];
  const long = axis === 1 ? [batch, height * up, width, channels] : [batch, height, width * up, channels];
  const zeros = [
    [0, 0],
    [0, up - 1],
    [0, 0],
  ];
  const spread = up === 1 ? x : tf.reshape(tf.pad(tf.reshape(x, lines), zeros), long);
  const pads = [1, 2].map((a) => (a === axis ? [before, after] : [0, 0]));
  const taps = tf.reshape(tf.tensor1d(LOW), axis === 1 ? [4, 1, 1, 1] : [1, 4, 1, 1]);
  const filter = tf.tile(taps, [1, 1, channels, 1]);
  const strides = axis === 1 ? [down, 1] : [1, down];
  return tf.depthwiseConv2d(tf.pad(spread, [[0, 0], ...pads, [0, 0]]), filter, strides, 'valid');
}

function fused(x, taps, up, down, padding) {
  return tf.engine().runKernel('GanjsUpfirdn', { x, taps: tf.tensor2d(taps) }, { up, down, padding });
}

/** By name: ways to compute the same. */
function ways(x) {
  const forms = {};
  for (const [name, up, down, pad] of [
    ['upsample', 2, 1, [2, 1]],
    ['downsample', 1, 2, [1, 1]],
  ]) {
    const columns = [
      [1, up],
      [1, down],
      [[0, 0], pad],
    ];
    const rows = [
      [up, 1],
      [down, 1],
      [pad, [0, 0]],
    ];
    forms[name] = {
      composed: () => composed(composed(x, 2, up, down, pad), 1, up, down, pad),
      'one kernel an axis': () =>
        fused(
          fused(x, [LOW], ...columns),
          LOW.map((v) => [v]),
          ...rows,
        ),
      'one kernel': () =>
        fused(
          x,
          LOW.map((a) => LOW.map((b) => a * b)),
          [up, up],
          [down, down],
          [pad, pad],
        ),
    };
  }
  const channels = x.shape[3];
  const kernel = tf.tensor4d(numbers(9 * channels * channels, 2), [3, 3, channels, channels]);
  const styles = tf.tensor4d(numbers(x.shape[0] * channels, 3), [x.shape[0], 1, 1, channels]);
  forms['convolution 3x3'] = {
    plain: () => tf.conv2d(x, kernel, 1, 'same'),
    modulated: () => tf.mul(tf.conv2d(tf.mul(x, styles), kernel, 1, 'same'), styles),
  };
  return forms;
}

/** What fused operations gain over the operations that they are composed of. */
export async function* fusedOperations({ batch = 8, repeats = 15 }) {
  for (const [size, channels] of [
    [16, 256],
    [32, 128],
    [64, 64],
  ]) {
    const x = tf.tensor4d(numbers(batch * size * size * channels, 1), [batch, size, size, channels]);
    for (const [name, forms] of Object.entries(ways(x))) {
      const seconds = {};
      for (const [form, compute] of Object.entries(forms)) {
        seconds[form] = await median(() => tf.dispose(tf.tidy(compute)), { repeats });
      }
      const times = Object.entries(seconds).map(([form, s]) => `${form} ${(s * 1000).toFixed(2)} ms`);
      yield { text: `${name} [${x.shape}]  ${times.join(', ')}`, operation: name, shape: x.shape, seconds };
    }
  }
}
