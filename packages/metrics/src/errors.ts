/** What every error of this package is, so that one `catch` serves them all. */
export class MetricError extends Error {
  override name = 'MetricError';

  /**
   * @param where the function that refuses, as its user writes it.
   * @param came what it was given.
   * @param expected what it can work with.
   * @param fix what to do about it.
   */
  constructor(where: string, came: string, expected: string, fix: string, options?: ErrorOptions) {
    super(`@ganjs/metrics: ${where} got ${came}, but expected ${expected}. ${fix}`, options);
  }
}

/** Data of the wrong size, or two pieces of data that do not fit together. */
export class ShapeError extends MetricError {
  override name = 'ShapeError';
}

/** An option out of its range: more subsets than samples, a negative count, NaN. */
export class OptionError extends MetricError {
  override name = 'OptionError';
}

/** NaN or infinity in the data: the score would mean nothing. */
export class NonFiniteError extends MetricError {
  override name = 'NonFiniteError';
}
