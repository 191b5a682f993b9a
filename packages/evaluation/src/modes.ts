import type { PointInfo } from '@ganjs/datasets';
import { type ModeCoverage, modeCoverage, rows } from '@ganjs/metrics';
import { EvaluationError } from './errors.js';
import type { Evaluation, Scores } from './evaluation.js';
import { labelledSamples } from './labels.js';
import { percent } from './percent.js';

/** The protocol's number of points: fewer would say little. */
const POINTS = 2500;

/** Which modes of a known distribution the points of a run found. */
export interface ModeScores extends ModeCoverage, Scores {
  readonly protocol: string;
}

/** Points are compared with the known modes that they shall lie around. */
export const modes: Evaluation<ModeScores> = {
  name: 'modes',
  needs: {
    tasks: ['image-synthesis', 'class-conditional'],
    data: 'points whose modes are known',
    condition: 'labels',
  },

  suits: ({ image }) => image.height === 1 && image.width === 1 && image.channels === 2,

  async evaluate(run) {
    const { name, modes: centres, deviation }: Partial<PointInfo> = (await run.heldOut()).info;
    if (!centres || deviation === undefined) {
      throw new EvaluationError(
        `${name} does not tell its modes, but points are compared with them. Make it with \`mixture\` of @ganjs/datasets, or add \`modes\` and \`deviation\` to its info.`,
      );
    }
    const { images } = await labelledSamples(run, Math.max(run.n, POINTS));
    try {
      return {
        ...modeCoverage(rows(await images.data(), 2), centres, deviation),
        protocol:
          'near: within 10 deviations of a mode; high quality: within 3; found: near a quarter of an even split',
      };
    } finally {
      images.dispose();
    }
  },

  summary: ({ samples, modes: all, found, highQuality, near }) =>
    `${samples} points find ${found} of ${all} modes; ${percent(highQuality)} lie within three deviations of one, ` +
    `${percent(near)} within ten.`,
};
