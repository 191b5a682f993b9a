import { checkFinite, ShapeError } from '@ganjs/errors';

/** A table of numbers, one sample a row: features [samples, width], or class probabilities. */
export interface Rows {
  /** The values, row after row: `data[i * width + j]`. */
  readonly data: ArrayLike<number>;
  readonly samples: number;
  readonly width: number;
}

/**
 * Reads flat values as rows of the given width: `rows(await features.data(), 64)`.
 *
 * @param data `samples * width` finite numbers, row after row; not copied.
 * @param width numbers in a row, at least 1.
 * @throws ShapeError when the values do not fill at least one row, or the last one is incomplete.
 * @throws NonFiniteError when a value is NaN or infinite.
 */
export function rows(data: ArrayLike<number>, width: number): Rows {
  const samples = data.length / width;
  if (!Number.isInteger(width) || width < 1 || !Number.isInteger(samples) || samples < 1) {
    throw new ShapeError(
      'rows(data, width)',
      `${data.length} values and width ${width}`,
      'at least one full row of a whole number of values',
      'The width is the last dimension of the tensor that the data came from.',
    );
  }
  checkFinite('rows(data, width)', 'data', data);
  return { data, samples, width };
}

/** Refuses two sets of rows that do not live in one space. */
export function requireSameWidth(where: string, x: Rows, y: Rows): void {
  if (x.width !== y.width) {
    throw new ShapeError(
      where,
      `rows of ${x.width} and of ${y.width} values`,
      'rows of one width',
      'Take both from the same layer of the same network.',
    );
  }
}
