import { registerWasmBackend } from '@ganjs/backend-wasm';
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import fixture from '../../fixtures/inception.json' with { type: 'json' };
import { EncoderError, encoders, featureDistance, ShapeError } from '../index.js';
import { type InceptionV3, inceptionMapShapes, inceptionV3 } from './index.js';

/** The fixture's picture, and others like it with another phase: [n, side, side, 3] in [-1, 1]. */
const pictures = (n: number, side = fixture.side) =>
  tf.tensor4d(
    Float32Array.from({ length: n * side * side * 3 }, (_, i) => {
      const [c, x, y] = [i % 3, Math.floor(i / 3) % side, Math.floor(i / (3 * side)) % side];
      const k = Math.floor(i / (3 * side * side));
      return Math.sin(0.3 * x + 0.2 * y * c + 2 * k) * Math.cos(0.05 * x * y + k) * 0.9;
    }),
    [n, side, side, 3],
  );

let inception: InceptionV3;
beforeAll(async () => {
  await tf.setBackend(await registerWasmBackend());
  inception = await inceptionV3();
});
afterAll(() => inception.dispose());

describe('inceptionV3', () => {
  it('sees what PyTorch sees with the same weights', async () => {
    const image = pictures(1);
    const { data, samples, width } = await inception.features(image);
    const pooled = Array.from(data);
    expect([samples, width]).toEqual([1, encoders.inception.features]);
    for (const [i, value] of fixture.pooled.entries()) expect(pooled[i]).toBeCloseTo(value, 4);
    expect(pooled.reduce((sum, v) => sum + v, 0) / width).toBeCloseTo(fixture.mean, 4);
    expect(Math.hypot(...pooled)).toBeCloseTo(fixture.norm, 3);

    const maps = tf.tidy(() => inception.maps(image));
    for (const [i, expected] of Object.values(fixture.maps).entries()) {
      const map = maps[i]!;
      expect(map.shape).toEqual([1, ...expected.shape]);
      const [height, across, channels] = expected.shape as [number, number, number];
      const centre = (Math.floor(height / 2) * across + Math.floor(across / 2)) * channels;
      const values = await map.data<'float32'>();
      for (const [j, value] of expected.centre.entries()) expect(values[centre + j]).toBeCloseTo(value, 3);
      expect(values.reduce((sum, v) => sum + v, 0) / values.length).toBeCloseTo(expected.mean, 4);
    }
    tf.dispose([image, maps]);
  });

  it('takes gray images as their RGB copies, and batches as their images', async () => {
    const [gray, rgb] = tf.tidy(() => {
      const one = tf.slice(pictures(9, 16), [0, 0, 0, 0], [-1, -1, -1, 1]);
      return [one, tf.concat([one, one, one], 3)] as [tf.Tensor4D, tf.Tensor4D];
    });
    const all = await inception.features(gray);
    expect(all.samples).toBe(9);
    const last = tf.slice(rgb, [8, 0, 0, 0]);
    expect(Array.from(all.data).slice(8 * 2048)).toEqual(Array.from((await inception.features(last)).data));
    tf.dispose([gray, rgb, last]);
  });

  it('refuses images that it cannot see, and networks that are no Inception', async () => {
    const transparent = tf.zeros<tf.Rank.R4>([1, 8, 8, 4]);
    await expect(inception.features(transparent)).rejects.toThrow(ShapeError);
    transparent.dispose();
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
    await expect(inceptionV3(model)).rejects.toThrow(EncoderError);
    await expect(inceptionV3(model)).rejects.toThrow(/without a layer "mixed10"/);
    model.dispose();
  });
});

describe('inceptionMapShapes', () => {
  it.each([
    [28, 28, 1],
    [16, 40, 3],
    [33, 20, 3],
    [127, 128, 3],
    [128, 128, 3],
    [131, 150, 1],
    [299, 140, 3],
  ])(
    'tells the shapes of the maps of images of %i x %i x %i without the network',
    (height, width, channels) => {
      const shapes = tf.tidy(() =>
        inception.maps(tf.zeros([2, height, width, channels])).map(({ shape }) => shape.slice(1)),
      );
      expect(inceptionMapShapes({ height, width, channels })).toEqual(shapes);
    },
  );

  it('knows no maps of images that the network cannot see', () => {
    expect(() => inceptionMapShapes({ height: 32, width: 32, channels: 4 })).toThrow(ShapeError);
  });
});

describe('featureDistance of its maps', () => {
  it('grows with blur, and is symmetric', async () => {
    const sharp = pictures(2, 64);
    const blurred = (side: number) =>
      tf.tidy(() => tf.image.resizeBilinear(tf.image.resizeBilinear(sharp, [side, side]), [64, 64]));
    const [soft, softer] = [blurred(48), blurred(16)];
    const distance = (a: tf.Tensor4D, b: tf.Tensor4D) => featureDistance(inception.maps, a, b);
    expect(Array.from(await distance(sharp, sharp))).toEqual([0, 0]);
    const [near, far] = [await distance(sharp, soft), await distance(sharp, softer)];
    for (const k of [0, 1]) {
      expect(near[k]).toBeGreaterThan(0.01);
      expect(far[k]).toBeGreaterThan(near[k]!);
    }
    expect(Array.from(await distance(soft, sharp))).toEqual(Array.from(near));
    tf.dispose([sharp, soft, softer]);
  });
});
