import * as tf from '@tensorflow/tfjs';
import { median, numbers } from './measure.mjs';

/** Layers as [height, channels in, channels out, kernel, stride]: DCGAN's, as convolutions, and SRGAN's block. */
const layers = [
  ['dcgan G 7x7 256-128 5x5 s1', 7, 128, 256, 5, 1],
  ['dcgan G 14x14 128-64 5x5 s2', 14, 64, 128, 5, 2],
  ['dcgan G 28x28 64-1 5x5 s2', 28, 1, 64, 5, 2],
  ['dcgan D 28x28 1-64 5x5 s2', 28, 1, 64, 5, 2],
  ['dcgan D 14x14 64-128 5x5 s2', 14, 64, 128, 5, 2],
  ['srgan 24x24 64-64 3x3 s1', 24, 64, 64, 3, 1],
];

/** The forward pass and both gradients of each layer. */
export async function* conv({ batch = 64, repeats }) {
  for (const [name, size, channelsIn, channelsOut, kernel, stride] of layers) {
    const x = tf.tensor4d(numbers(batch * size * size * channelsIn, 1), [batch, size, size, channelsIn]);
    const w = tf.tensor4d(numbers(kernel * kernel * channelsIn * channelsOut, 2), [
      kernel,
      kernel,
      channelsIn,
      channelsOut,
    ]);
    const out = Math.ceil(size / stride);
    const dy = tf.tensor4d(numbers(batch * out * out * channelsOut, 3), [batch, out, out, channelsOut]);
    const attrs = { strides: stride, pad: 'same', dataFormat: 'NHWC', dilations: 1 };
    const kernels = {
      forward: () => tf.engine().runKernel('Conv2D', { x, filter: w }, attrs),
      input: () =>
        tf.engine().runKernel('Conv2DBackpropInput', { dy, filter: w }, { ...attrs, inputShape: x.shape }),
      filter: () =>
        tf.engine().runKernel('Conv2DBackpropFilter', { x, dy }, { ...attrs, filterShape: w.shape }),
    };
    // Taps that fall on padding are counted, as is usual.
    const flop = 2 * batch * out * out * channelsOut * channelsIn * kernel * kernel;
    for (const [pass, run] of Object.entries(kernels)) {
      const seconds = await median(() => run().dispose(), { repeats });
      yield {
        text: `conv ${name} ${pass.padEnd(7)}  ${(seconds * 1000).toFixed(2)} ms  ${(flop / seconds / 1e9).toFixed(1)} GFLOP/s`,
        layer: name,
        pass,
        batch,
        seconds,
        gflops: flop / seconds / 1e9,
      };
    }
    tf.dispose([x, w, dy]);
  }
}
