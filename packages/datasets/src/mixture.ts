import { stream } from '@ganjs/random';
import * as tf from '@tensorflow/tfjs';
import type { Batch, Dataset, DatasetInfo } from './dataset.js';
import { epochBatches } from './epoch.js';
import { DatasetError } from './errors.js';
import { checkWholeNumber } from './wholeNumber.js';

/** Points in the plane. */
export interface PointBatch extends Batch {
  /** The points as images of one pixel: float32 `[batch, 1, 1, 2]`, so that image networks can be trained on them. */
  readonly images: tf.Tensor4D;
  /** float32 `[batch, 2]` in [-1, 1]. */
  readonly points: tf.Tensor2D;
  /** int32 `[batch]`: the mode that each point was drawn around. */
  readonly labels: tf.Tensor1D;
}

/** What a dataset of points tells of itself. */
export interface PointInfo extends DatasetInfo {
  /** The centre of each mode, [x, y]. */
  readonly modes: readonly Point2D[];
  /** The standard deviation around a centre, the same in x and y. */
  readonly deviation: number;
}

export type Point2D = readonly [x: number, y: number];

/** A distribution whose modes are known, so that it can be counted which ones a generator found. */
export type PointDataset = Dataset<PointBatch, PointInfo>;

/** What a mixture of Gaussians consists of. */
export interface MixtureOptions {
  readonly name: string;
  readonly modes: readonly Point2D[];
  readonly deviation: number;
  /** Points in one epoch (default 10,000). Every epoch draws new ones. */
  readonly size?: number;
}

/**
 * An equal mixture of Gaussians: p(x) = 1/K sum_k N(x; mode_k, deviation² I). Batch `b` of an epoch is drawn by
 * `stream(seed, 'data', epoch, b)`: there is no set of points, so an epoch is only a measure of length.
 *
 * @throws DatasetError when there is no mode, when one is no point or lies nearer than four deviations to the border of
 * [-1, 1]², or when `size` is no whole number.
 */
export function mixture({ name, modes, deviation, size = 10_000 }: MixtureOptions): PointDataset {
  const inside = (mode: readonly number[]) =>
    mode.length === 2 && mode.every((x) => Math.abs(x) + 4 * deviation <= 1);
  const outside = Array.from(modes).find((mode) => !inside(mode));
  if (modes.length === 0 || outside !== undefined || !(deviation > 0)) {
    throw new DatasetError({
      where: name,
      field: 'modes',
      got:
        outside === undefined
          ? `${modes.length} modes of deviation ${deviation}`
          : `(${[outside].flat().join(', ')})`,
      expected: 'at least one point [x, y], of positive deviation, four deviations inside [-1, 1]',
      fix: 'Scale the modes down, or make them narrower.',
    });
  }
  checkWholeNumber(name, 'size', size, 'Pass the number of points in one epoch.');
  const info: PointInfo = {
    name,
    size,
    image: { height: 1, width: 1, channels: 2 },
    classes: modes.map(([x, y]) => `(${x.toFixed(2)}, ${y.toFixed(2)})`),
    modes,
    deviation,
  };
  return {
    info,
    batches: (options) =>
      epochBatches(
        info,
        options,
        ({ index }) => {
          const random = stream(options.seed, 'data', options.epoch, index);
          const labels = random.integers(options.batch, modes.length);
          const offsets = random.normal(2 * options.batch, 0, deviation);
          return { labels, points: offsets.map((offset, i) => modes[labels[i >> 1]!]![i & 1]! + offset) };
        },
        ({ labels, points }) => {
          const count = labels.length;
          return {
            points: tf.tensor2d(points, [count, 2]),
            images: tf.tensor4d(points, [count, 1, 1, 2]),
            labels: tf.tensor1d(labels, 'int32'),
          };
        },
      ),
  };
}

/** Eight modes on a circle (Metz et al. 2017, "Unrolled GANs": radius 2, deviation 0.02), scaled by 0.4. */
export const gaussianRing = (size?: number): PointDataset =>
  named(
    'ring',
    around(8, (turn) => polar(0.8, turn)),
    0.008,
    size,
  );

/** 25 modes on a square grid (Lin et al. 2018, "PacGAN": spacing 2, variance 0.0025), scaled by 0.2. */
export const gaussianGrid = (size?: number): PointDataset =>
  named(
    'grid',
    around(25, (_, k) => [0.4 * (k % 5) - 0.8, 0.4 * Math.floor(k / 5) - 0.8]),
    0.01,
    size,
  );

/** 20 modes along an Archimedean spiral of one and a half turns. */
export const gaussianSpiral = (size?: number): PointDataset =>
  named(
    'spiral',
    around(20, (turn) => polar(0.15 + 0.75 * turn, 1.5 * turn)),
    0.01,
    size,
  );

const named = (name: string, modes: readonly Point2D[], deviation: number, size?: number) =>
  mixture({ name, modes, deviation, ...(size !== undefined && { size }) });

const around = (count: number, mode: (turn: number, k: number) => Point2D) =>
  Array.from({ length: count }, (_, k) => mode(k / count, k));

const polar = (radius: number, turns: number): Point2D => [
  radius * Math.cos(2 * Math.PI * turns),
  radius * Math.sin(2 * Math.PI * turns),
];
