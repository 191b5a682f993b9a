import * as tf from '@tensorflow/tfjs';
import { adam } from './adam.mjs';
import { numbers } from './measure.mjs';

const latent = 256;
const size = 32;
/** Channels of the layers at a resolution: base 8192, at most 256. */
const channelsAt = (resolution) => Math.min(8192 / resolution, 256);

/** Leaky relu with StyleGAN2's gain. */
class ScaledLeakyRelu extends tf.layers.Layer {
  static className = 'BenchScaledLeakyRelu';

  call(inputs) {
    return tf.tidy(() => tf.mul(tf.leakyRelu([inputs].flat()[0], 0.2), Math.SQRT2));
  }
}

/** The sum of two branches of equal variance, with that variance. */
class Merge extends tf.layers.Layer {
  static className = 'BenchMerge';

  call([x, y]) {
    return tf.tidy(() => tf.mul(tf.add(x, y), Math.SQRT1_2));
  }

  computeOutputShape([shape]) {
    return shape;
  }
}

const bent = (x) => new ScaledLeakyRelu().apply(x);

/** Eight dense layers from noise to style. */
function mapping({ pixelNorm, equalizedDense }) {
  const z = tf.input({ shape: [latent] });
  let w = pixelNorm().apply(z);
  for (let i = 0; i < 8; i++) {
    w = bent(equalizedDense({ units: latent, learningRateMultiplier: 0.01 }).apply(w));
  }
  return tf.model({ inputs: z, outputs: w });
}

/** From style to images: each resolution adds to the images of the one before, upsampled. */
function synthesis({ constantInput, equalizedDense, firResample, modulatedConv2d, noiseInjection }) {
  const w = tf.input({ shape: [latent] });
  const modulated = (x, config) => {
    const style = equalizedDense({ units: x.shape[3], biasInitializer: 'ones' }).apply(w);
    return modulatedConv2d(config).apply([x, style]);
  };
  const styled = (x, filters, resample) => {
    const y = modulated(x, { filters, kernelSize: 3, resample, useBias: false });
    const noisy = noiseInjection({ strengthInitializer: 'ones' }).apply(y);
    return bent(new Bias().apply(noisy));
  };
  const toImage = (x) => modulated(x, { filters: 3, kernelSize: 1, demodulate: false });

  let x = styled(constantInput({ channels: channelsAt(4) }).apply(w), channelsAt(4), 'none');
  let image = toImage(x);
  for (let resolution = 8; resolution <= size; resolution *= 2) {
    x = styled(x, channelsAt(resolution), 'up');
    x = styled(x, channelsAt(resolution), 'none');
    image = tf.layers.add().apply([firResample({ up: 2 }).apply(image), toImage(x)]);
  }
  return tf.model({ inputs: w, outputs: image });
}

/** A bias for each channel. */
class Bias extends tf.layers.Layer {
  static className = 'BenchBias';

  build(shape) {
    this.bias = this.addWeight('bias', [shape.at(-1)], 'float32', tf.initializers.zeros());
    this.built = true;
  }

  call(inputs) {
    return tf.tidy(() => tf.add([inputs].flat()[0], this.bias.read()));
  }
}

/** Residual blocks from images down to 4x4, then the head. */
function discriminator({ equalizedConv2d, equalizedDense, minibatchStdDev }) {
  const conv = (x, filters, kernelSize, config = {}) =>
    equalizedConv2d({ filters, kernelSize, ...config }).apply(x);
  const images = tf.input({ shape: [size, size, 3] });
  let x = bent(conv(images, channelsAt(size), 1));
  for (let resolution = size; resolution >= 8; resolution /= 2) {
    const filters = channelsAt(resolution / 2);
    const y = bent(conv(x, channelsAt(resolution), 3));
    const main = bent(conv(y, filters, 3, { resample: 'down' }));
    x = new Merge().apply([main, conv(x, filters, 1, { resample: 'down', useBias: false })]);
  }
  x = bent(conv(minibatchStdDev().apply(x), channelsAt(4), 3));
  x = bent(equalizedDense({ units: channelsAt(4) }).apply(tf.layers.flatten().apply(x)));
  return tf.model({ inputs: images, outputs: equalizedDense({ units: 1 }).apply(x) });
}

/**
 * The moves of StyleGAN2 at 32x32x3, channel base 8192, at most 256 channels: by name, what updates a player. The
 * lazy regularizers are moves of their own; they share Adam's moments with their player.
 *
 * @param layers what `@ganjs/layers` exports
 * @param autodiff what `@ganjs/autodiff` exports
 * @param batch images a move; half of them for the path length
 */
export function stylegan2Moves(layers, { gradientOf, gradientNorm, untraced, vjp }, batch) {
  const map = mapping(layers);
  const paint = synthesis(layers);
  const judge = discriminator(layers);
  const apply = (model, x) => model.apply(x, { training: true });
  const generate = (z) => apply(paint, apply(map, z));
  const images = tf.tensor(numbers(batch * size * size * 3, 1), [batch, size, size, 3]);
  const noise = tf.tensor(numbers(batch * latent, 2), [batch, latent]);

  const owned = [map, paint, judge];

  const player = (...models) => {
    const variables = models.flatMap((model) => model.trainableWeights.map((weight) => weight.read()));
    const step = adam(0.002, 0, 0.99, 1e-8);
    owned.push(step);
    return (loss) => () =>
      tf.tidy(() => {
        step(tf.variableGrads(loss, variables).grads);
      });
  };
  const generator = player(map, paint);
  const critic = player(judge);
  const moves = {
    generator: generator(() => tf.mean(tf.softplus(tf.neg(apply(judge, generate(noise)))))),
    discriminator: critic(() => {
      const fakes = untraced(() => tf.tidy(() => generate(noise)));
      const ofFakes = tf.mean(tf.softplus(apply(judge, fakes)));
      return tf.add(ofFakes, tf.mean(tf.softplus(tf.neg(apply(judge, images)))));
    }),
    R1: critic(() => {
      const { gradient } = gradientOf((x) => apply(judge, x))(images);
      return tf.mul(tf.mean(tf.square(gradientNorm(gradient))), 5 * 16);
    }),
    'path length': generator(() => {
      const styles = apply(map, tf.slice(noise, 0, batch / 2));
      const directions = tf.slice(images, 0, batch / 2);
      const lengths = gradientNorm(vjp((w) => apply(paint, w), styles, directions));
      return tf.mul(tf.mean(tf.square(lengths)), 2 * 4);
    }),
  };
  const dispose = () => {
    for (const each of owned) each.dispose();
    tf.dispose([images, noise]);
  };
  return { moves, dispose };
}
