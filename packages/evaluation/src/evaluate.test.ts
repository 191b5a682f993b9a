import { fromArrays } from '@ganjs/datasets';
import { encoders } from '@ganjs/encoders';
import { tasks } from '@ganjs/trainer';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import type { Evaluation } from './evaluation.js';
import { evaluate, evaluations, evaluationsFor } from './index.js';
import { runOf } from './testing.js';

const gray = fromArrays({
  name: 'gray',
  images: new Uint8Array(2 * 4 * 4),
  image: { height: 4, width: 4, channels: 1 },
});
const run = runOf('image-synthesis', gray, async (n) => tf.ones([n, 4, 4, 1]));

/** An evaluation as somebody outside of the package would write it. */
const brightness: Evaluation<{ mean: number; protocol: string }> = {
  name: 'brightness',
  needs: { tasks: ['image-synthesis'], data: 'images' },
  suits: () => true,
  async evaluate({ n, sample }) {
    const images = await sample(n);
    const mean = tf.tidy(() => tf.mean(images).dataSync()[0]!);
    images.dispose();
    return { mean, protocol: 'of all pixels' };
  },
  summary: ({ mean }) => `Images have a mean of ${mean}.`,
};

describe('evaluations', () => {
  it('have names of their own, and need what there is', () => {
    expect(new Set(evaluations.map(({ name }) => name)).size).toBe(evaluations.length);
    for (const { needs } of evaluations) {
      for (const task of needs.tasks) expect(Object.keys(tasks)).toContain(task);
      if (needs.encoder) expect(Object.keys(encoders)).toContain(needs.encoder.name);
    }
  });
});

describe('evaluate', () => {
  it('is undefined where no evaluation knows the data', async () => {
    expect(evaluationsFor(run)).toEqual([]);
    expect(await evaluate(run)).toBeUndefined();
  });

  it("takes somebody's own evaluation", async () => {
    expect(evaluationsFor(run, [...evaluations, brightness])).toEqual([brightness]);
    expect(await evaluate(run, brightness)).toEqual({
      name: 'brightness',
      scores: { mean: 1, protocol: 'of all pixels' },
      summary: 'Images have a mean of 1.',
    });
  });
});
