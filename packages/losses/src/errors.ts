/** What every error of this package is, so that one `catch` serves them all. */
export class LossError extends Error {
  override name = 'LossError';

  /**
   * @param where the function that refuses, as its user writes it.
   * @param came what it was given.
   * @param expected what it can work with.
   * @param fix what to do about it.
   */
  constructor(where: string, came: string, expected: string, fix: string) {
    super(`@ganjs/losses: ${where} got ${came}, but expected ${expected}. ${fix}`);
  }
}

/** A tensor of the wrong shape, rank or dtype, or two tensors that do not fit together. */
export class ShapeError extends LossError {
  override name = 'ShapeError';
}

/** An option out of its range: a negative margin, a target above 1, NaN. */
export class OptionError extends LossError {
  override name = 'OptionError';
}

/** An input that is optional in general but that this loss cannot do without. */
export class MissingInputError extends LossError {
  override name = 'MissingInputError';
}
