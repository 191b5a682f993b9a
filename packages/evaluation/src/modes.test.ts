import { fromArrays, gaussianRing, type PointBatch } from '@ganjs/datasets';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { EvaluationError, evaluate, evaluationsFor, modes } from './index.js';
import { rowsOf, runOf } from './testing.js';

describe('modes', () => {
  const data = gaussianRing();
  const points = async (n: number) => {
    const { images, points, labels } = await rowsOf<PointBatch>(data, n);
    tf.dispose([points, labels]);
    return images;
  };

  it('finds all modes in points of the distribution itself, of 2,500 where fewer are asked for', async () => {
    const run = runOf('image-synthesis', data, points, 100);
    expect(evaluationsFor(run)).toEqual([modes]);
    const result = await evaluate(run);
    expect(result).toMatchObject({ name: 'modes', scores: { samples: 2500, modes: 8, found: 8 } });
    expect(result!.summary).toMatch(
      /2500 points find 8 of 8 modes; 9[89]\.\d% lie within three deviations of one, (100\.0|99\.\d)% within ten\./,
    );
  });

  it('finds one where all points are the same', async () => {
    const [[x, y]] = data.info.modes as [readonly [number, number]];
    const collapsed = async (n: number) =>
      tf.tidy(() => tf.tile(tf.tensor4d([x, y], [1, 1, 1, 2]), [n, 1, 1, 1]));
    const { found, highQuality } = await modes.evaluate(runOf('image-synthesis', data, collapsed, 3000));
    expect([found, highQuality]).toEqual([1, 1]);
  });

  it('says what is missing of points that tell no modes', async () => {
    const { info, batches } = data;
    const unknown = { info: { ...info, name: 'my points', modes: undefined, deviation: undefined }, batches };
    await expect(modes.evaluate(runOf('image-synthesis', unknown, points))).rejects.toThrow(EvaluationError);
    await expect(modes.evaluate(runOf('image-synthesis', unknown, points))).rejects.toThrow(
      /my points does not/,
    );
  });

  it('leaves images to others', () => {
    const image = { height: 4, width: 4, channels: 1 };
    const { info } = fromArrays({ name: 'gray', images: new Uint8Array(16), image });
    expect(evaluationsFor({ task: 'image-synthesis', info })).toEqual([]);
  });
});
