import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { ArchitectureError, dcganDiscriminator, dcganGenerator } from './index.js';
import { keeper, trainable } from './testing.js';

const mnist = { height: 28, width: 28, channels: 1 };
const cifar = { height: 32, width: 32, channels: 3 };
const built = keeper();

const widths = (model: tf.LayersModel) =>
  model.layers.flatMap(({ output }) => {
    const { shape } = output as tf.SymbolicTensor;
    return shape.length === 4 ? [shape.slice(1).join('x')] : [];
  });

describe('the networks of the DCGAN tutorial', () => {
  it('have its parameter counts', () => {
    const generator = built(dcganGenerator({ image: mnist, seed: 1 }));
    expect(trainable(generator)).toBe(2_305_472);
    expect(generator.countParams()).toBe(2_330_944);
    expect(trainable(built(dcganDiscriminator({ image: mnist, seed: 1 })))).toBe(212_865);
  });

  it('keep to ranges and shapes on other images', () => {
    const image = { height: 16, width: 8, channels: 3 };
    const generator = built(dcganGenerator({ image, width: 16, latent: 7, seed: 1 }));
    const discriminator = built(dcganDiscriminator({ image, width: 8, seed: 1 }));
    tf.tidy(() => {
      const fake = generator.apply(tf.randomNormal([5, 7], 0, 1, 'float32', 3), {
        training: true,
      }) as tf.Tensor;
      expect(fake.shape).toEqual([5, 16, 8, 3]);
      expect(tf.max(tf.abs(fake)).arraySync()).toBeLessThanOrEqual(1);
      expect((discriminator.apply(fake, { training: true }) as tf.Tensor).shape).toEqual([5, 1]);
    });
  });

  it('come in a compact form: two doublings and nothing else', () => {
    const generator = built(
      dcganGenerator({ image: mnist, width: 64, kernelSize: 4, stride1Layer: false, seed: 1 }),
    );
    const dense = 100 * 7 * 7 * 64;
    expect(trainable(generator)).toBe(dense + 2 * 7 * 7 * 64 + 4 * 4 * 64 * 32 + 2 * 32 + 4 * 4 * 32);
    const discriminator = built(dcganDiscriminator({ image: mnist, width: 32, kernelSize: 4, seed: 1 }));
    expect(trainable(discriminator)).toBe(4 * 4 * 32 + 32 + 4 * 4 * 32 * 64 + 64 + 7 * 7 * 64 + 1);
  });

  it('take a dense layer between noise and map, and between map and logit', () => {
    const compact = { image: mnist, kernelSize: 4, hiddenUnits: 128, seed: 1 };
    expect(trainable(built(dcganGenerator({ ...compact, width: 64, stride1Layer: false })))).toBe(454_080);
    const discriminator = built(dcganDiscriminator({ ...compact, width: 32 }));
    expect(trainable(discriminator)).toBe(435_041);
    expect(discriminator.getLayer('features').outputShape).toEqual([null, 128]);
  });

  it('start from the seed: equal for one, different for another and between layers', () => {
    const image = { height: 8, width: 8, channels: 1 };
    const weights = (seed: number) => {
      const model = built(dcganGenerator({ image, width: 8, latent: 4, seed }));
      return model.getWeights().map((w) => [...w.dataSync()]);
    };
    expect(weights(1)).toEqual(weights(1));
    expect(weights(1)[0]).not.toEqual(weights(2)[0]);
  });

  it('take the label into both networks when conditional', () => {
    const image = { height: 8, width: 8, channels: 1 };
    const generator = built(dcganGenerator({ image, width: 8, latent: 4, classes: 3, seed: 1 }));
    const discriminator = built(dcganDiscriminator({ image, width: 4, classes: 3, seed: 1 }));
    tf.tidy(() => {
      const noise = tf.ones([2, 4]);
      const labels = tf.tensor1d([0, 2], 'int32');
      const fake = generator.apply([noise, labels]) as tf.Tensor;
      const [first, second] = tf.split(fake, 2);
      expect(first!.sub(second!).abs().max().arraySync()).toBeGreaterThan(0);
      const scores = discriminator.apply([tf.tile(first!, [2, 1, 1, 1]), labels]) as tf.Tensor;
      const [a, b] = scores.dataSync();
      expect(a).not.toBe(b);
    });
  });
});

describe('other forms of DCGAN', () => {
  const faces = { height: 64, width: 64, channels: 3 };

  it("the authors' 64x64", () => {
    const generator = dcganGenerator({
      image: faces,
      width: 1024,
      stride1Layer: false,
      leakySlope: 0,
      seed: 1,
    });
    expect(trainable(built(generator))).toBe(18_885_760);
    const discriminator = dcganDiscriminator({
      image: faces,
      width: 128,
      norm: 'batch',
      leakySlope: 0.2,
      seed: 1,
    });
    expect(trainable(built(discriminator))).toBe(17_232_768);
  });

  it('the Torch port of it', () => {
    const torch = { image: faces, kernelSize: 4, seed: 1 };
    const generator = built(
      dcganGenerator({
        ...torch,
        stride1Layer: false,
        leakySlope: 0,
        projectionNorm: 'channel',
        epsilon: 1e-5,
      }),
    );
    expect(trainable(generator)).toBe(3_576_704);
    expect(generator.getLayer('map').outputShape).toEqual([null, 4, 4, 512]);
    expect(trainable(built(dcganDiscriminator({ ...torch, norm: 'batch', dropoutRate: 0 })))).toBe(2_765_568);
  });

  it('32x32 with a convolution that paints: as many doublings as the asked size needs', () => {
    const form = { kernelSize: 4, stride1Layer: false, output: 'convolution', bias: true } as const;
    const generator = built(dcganGenerator({ ...form, image: cifar, stages: 2, seed: 1 }));
    expect(widths(generator).filter((shape, i, all) => shape !== all[i - 1])).toEqual([
      '8x8x256',
      '16x16x128',
      '32x32x64',
      '32x32x3',
    ]);
    const scalars = 100 * 16384 + 16384 + 2 * 16384 + 16 * 256 * 128 + 3 * 128 + 16 * 128 * 64 + 3 * 64;
    expect(trainable(generator)).toBe(scalars + 9 * 64 * 3 + 3);
  });

  it('100x100: from 25x25, judged by four convolutions', () => {
    const image = { height: 100, width: 100, channels: 3 };
    const generator = dcganGenerator({
      image,
      latent: 200,
      kernelSize: 3,
      stride1Layer: false,
      output: 'convolution',
      seed: 1,
    });
    const project = 200 * 25 * 25 * 256 + 2 * 25 * 25 * 256;
    const ups = 9 * 256 * 128 + 2 * 128 + 9 * 128 * 64 + 2 * 64;
    expect(trainable(built(generator))).toBe(project + ups + 9 * 64 * 3);
    const discriminator = built(dcganDiscriminator({ image, kernelSize: 3, stages: 4, seed: 1 }));
    expect(discriminator.getLayer('features').outputShape).toEqual([null, 7 * 7 * 512]);
  });

  it("WGAN-GP's on MNIST and on CIFAR-10", () => {
    const first = { latent: 128, stride1Layer: false, leakySlope: 0, seed: 1 };
    const critic = { leakySlope: 0.2, dropoutRate: 0, stages: 3, seed: 1 };
    const generator = built(dcganGenerator({ ...first, image: mnist, stages: 3, norm: 'none' }));
    expect(trainable(generator)).toBe(1_554_177);
    expect(generator.outputShape).toEqual([null, 28, 28, 1]);
    expect(trainable(built(dcganDiscriminator({ ...critic, image: mnist })))).toBe(1_030_145);
    expect(trainable(built(dcganGenerator({ ...first, image: cifar, width: 512, bias: true })))).toBe(
      5_179_907,
    );
    expect(trainable(built(dcganDiscriminator({ ...critic, image: cifar, width: 128 })))).toBe(4_114_689);
  });

  it("InfoGAN's on MNIST", () => {
    const form = { image: mnist, kernelSize: 4, hiddenUnits: 1024, bias: true, seed: 1 };
    const generator = dcganGenerator({ ...form, latent: 74, width: 128, stride1Layer: false, leakySlope: 0 });
    expect(trainable(built(generator))).toBe(6_652_481);
    const discriminator = dcganDiscriminator({ ...form, norm: 'batch', leakySlope: 0.1 });
    expect(trainable(built(discriminator))).toBe(6_558_144 + 1_025);
  });
});

describe("the discriminator's options", () => {
  const small = { image: { height: 8, width: 8, channels: 2 }, width: 4, hiddenUnits: 6, seed: 1 };
  const shared = 25 * 2 * 4 + 4 + 4 * 4 * 4 * 6 + 6 + 6 + 1;

  it('norms: not on the first convolution; on the hidden layer where that can be', () => {
    const image = { height: 16, width: 16, channels: 2 };
    const second = 25 * 4 * 8 + 8;
    const all = 25 * 2 * 4 + 4 + second + 4 * 4 * 8 * 6 + 6 + 6 + 1;
    const biases = 4 + 8 + 6 + 1;
    const count = (norm: 'none' | 'batch' | 'layer' | 'instance') =>
      trainable(built(dcganDiscriminator({ ...small, image, norm })));
    expect(count('none')).toBe(all);
    expect(count('layer')).toBe(all + 2 * 8 + 2 * 6);
    expect(count('batch')).toBe(all - biases + 2 * 8 + 2 * 6);
    expect(count('instance')).toBe(all + 2 * 8);
  });

  it.each(['layer', 'instance'] as const)('judges each image alone under %s norm', (norm) => {
    const image = { height: 16, width: 16, channels: 2 };
    const network = built(dcganDiscriminator({ ...small, image, norm, dropoutRate: 0 }));
    tf.tidy(() => {
      const x = tf.randomNormal([3, 16, 16, 2], 0, 1, 'float32', 4);
      const together = network.apply(x, { training: true }) as tf.Tensor;
      const alone = network.apply(x.slice(0, 1), { training: true }) as tf.Tensor;
      expect(together.slice(0, 1).sub(alone).abs().arraySync()).toEqual([[expect.closeTo(0, 5)]]);
    });
  });

  it('spectral norm: the same trainable weights, and a bounded logit', () => {
    const network = built(dcganDiscriminator({ ...small, spectralNorm: true, dropoutRate: 0 }));
    expect(trainable(network)).toBe(shared);
    tf.tidy(() => {
      const x = tf.randomNormal([2, 8, 8, 2], 0, 1, 'float32', 4);
      for (let i = 0; i < 30; i++) network.apply(x, { training: true });
      const before = network.apply(x) as tf.Tensor;
      for (const name of ['down1', 'hidden', 'logit']) {
        const [kernel, ...others] = network.getLayer(name).getWeights();
        network.getLayer(name).setWeights([kernel!.mul(1000), ...others]);
      }
      const after = network.apply(x) as tf.Tensor;
      expect(after.sub(before).abs().max().arraySync()).toBeLessThan(1e-3);
    });
  });

  it('minibatch discrimination: a logit that sees the other images', () => {
    const network = built(dcganDiscriminator({ ...small, minibatchDiscrimination: 3, dropoutRate: 0 }));
    expect(trainable(network)).toBe(shared + 6 * 3 * 5 + 3);
    tf.tidy(() => {
      const x = tf.randomNormal([2, 8, 8, 2], 0, 1, 'float32', 4);
      const alone = network.apply(x.slice(0, 1)) as tf.Tensor;
      const together = network.apply(x) as tf.Tensor;
      expect(together.slice(0, 1).sub(alone).abs().max().arraySync()).toBeGreaterThan(1e-4);
    });
  });
});

describe('sides', () => {
  const sizes = (height: number, stages?: number) =>
    built(
      dcganGenerator({
        image: { height, width: height, channels: 1 },
        latent: 2,
        width: 64,
        ...(stages && { stages }),
        stride1Layer: false,
        seed: 1,
      }),
    ).layers.flatMap(({ name, outputShape }) => (/^(map|up\d+)(_crop)?$/.test(name) ? [outputShape[1]] : []));

  it('are halved while they are even and larger than 4', () => {
    expect(sizes(32)).toEqual([4, 8, 16, 32]);
    expect(sizes(28)).toEqual([7, 14, 28]);
    expect(sizes(100)).toEqual([25, 50, 100]);
    expect(sizes(30)).toEqual([15, 30]);
  });

  it('are halved upwards and cropped on request', () => {
    expect(sizes(28, 3)).toEqual([4, 8, 7, 14, 28]);
    expect(sizes(9, 2)).toEqual([3, 6, 5, 10, 9]);
  });

  it.each<[Partial<typeof mnist>, object, RegExp]>([
    [{ height: 27 }, {}, /image\.height is 27, expected an even side.*stages, 1 to 5/],
    [{ width: 4 }, {}, /image\.width is 4, expected an even side larger than 4/],
    [{ height: 1, width: 1 }, {}, /1x1, which cannot be halved.*mlpGenerator/],
    [{ height: 0.5 }, {}, /image\.height is 0\.5/],
    [{}, { stages: 6 }, /stages is 6; .* 28x28 can be halved 1 to 5 times/],
    [{}, { width: 6 }, /width is 6, expected a multiple of 4/],
  ])('that cannot be made are refused: %j %j', (sides, options, message) => {
    const build = () => dcganGenerator({ image: { ...mnist, ...sides }, ...options, seed: 1 });
    expect(build).toThrow(ArchitectureError);
    expect(build).toThrow(message);
  });
});
