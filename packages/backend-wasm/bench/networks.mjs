import * as tf from '@tensorflow/tfjs';

const options = { padding: 'same', useBias: false };

/** Inverted dropout whose mask is cheap to draw; tf.layers.dropout spends most of a step on random numbers. */
class Dropout extends tf.layers.Layer {
  static className = 'BenchDropout';
  state = 0x9e3779b9;

  call(inputs, { training }) {
    const x = Array.isArray(inputs) ? inputs[0] : inputs;
    if (!training) return x.clone();
    const mask = new Float32Array(x.size);
    const threshold = Math.round(0.7 * 2 ** 16);
    const choice = Float32Array.of(0, 1 / 0.7);
    let { state } = this;
    // Two values a draw, as @ganjs/random does.
    for (let i = 0; i < mask.length; i += 2) {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      mask[i] = choice[((state >>> 16) - threshold) >>> 31];
      mask[i + 1] = choice[((state & 0xffff) - threshold) >>> 31];
    }
    this.state = state;
    return x.mul(tf.tensor(mask, x.shape));
  }
}

/** The generator and discriminator of TensorFlow's DCGAN tutorial. */
export function dcgan() {
  const up = (filters, strides) => tf.layers.conv2dTranspose({ filters, kernelSize: 5, strides, ...options });
  const down = (filters) => tf.layers.conv2d({ filters, kernelSize: 5, strides: 2, padding: 'same' });
  const leaky = () => tf.layers.leakyReLU({ alpha: 0.3 });
  const generator = tf.sequential({
    layers: [
      tf.layers.dense({ units: 7 * 7 * 256, useBias: false, inputShape: [100] }),
      tf.layers.batchNormalization(),
      leaky(),
      tf.layers.reshape({ targetShape: [7, 7, 256] }),
      up(128, 1),
      tf.layers.batchNormalization(),
      leaky(),
      up(64, 2),
      tf.layers.batchNormalization(),
      leaky(),
      up(1, 2),
      tf.layers.activation({ activation: 'tanh' }),
    ],
  });
  const discriminator = tf.sequential({
    layers: [
      tf.layers.inputLayer({ inputShape: [28, 28, 1] }),
      down(64),
      leaky(),
      new Dropout(),
      down(128),
      leaky(),
      new Dropout(),
      tf.layers.flatten(),
      tf.layers.dense({ units: 1 }),
    ],
  });
  return { generator, discriminator };
}

/** SRGAN's generator up to the upsampling: 9x9, 16 residual blocks of 3x3 with batch norm, 9x9. */
export function srgan() {
  const conv = (filters, kernelSize) =>
    tf.layers.conv2d({ filters, kernelSize, padding: 'same', useBias: false });
  const x = tf.input({ shape: [24, 24, 3] });
  let y = tf.layers.leakyReLU({ alpha: 0.2 }).apply(conv(64, 9).apply(x));
  for (let block = 0; block < 16; block++) {
    let z = tf.layers.batchNormalization().apply(conv(64, 3).apply(y));
    z = tf.layers.leakyReLU({ alpha: 0.2 }).apply(z);
    z = tf.layers.batchNormalization().apply(conv(64, 3).apply(z));
    y = tf.layers.add().apply([y, z]);
  }
  return tf.model({ inputs: x, outputs: conv(3, 9).apply(y) });
}
