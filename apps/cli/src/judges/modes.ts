import type { PointInfo } from '@ganjs/datasets';
import { namedDatasets } from '@ganjs/datasets/node';
import { modeCoverage, rows } from '@ganjs/metrics';
import { askableClasses, classesInTurn } from '../demonstration.js';
import type { Judge } from './judge.js';
import { percent } from './words.js';

/** The protocol's number of points: fewer would say little. */
const POINTS = 2500;

/** Points are compared with the known modes that they shall lie around. */
export const modes: Judge = {
  suits: ({ data }) => namedDatasets.some(({ name, kind }) => name === data && kind === 'points'),

  async evaluate(run) {
    const { info } = await run.heldOut();
    const { modes: centres, deviation } = info as PointInfo;
    const n = Math.max(run.n, POINTS);
    const classes = askableClasses(run);
    const labels = classes > 0 ? classesInTurn(n, classes) : undefined;
    const points = await run.sample(n, labels && { labels });
    try {
      return { ...modeCoverage(rows(await points.data(), 2), centres, deviation) };
    } finally {
      points.dispose();
      labels?.dispose();
    }
  },

  summary(scores) {
    const { samples, modes: all, found, highQuality, near } = scores as Record<string, number>;
    return (
      `${samples} points find ${found} of ${all} modes; ${percent(highQuality)} lie within three deviations of one, ` +
      `${percent(near)} within ten.`
    );
  },
};
