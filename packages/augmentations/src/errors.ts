/** What every error of this package is, so that one `catch` serves them all. */
export class AugmentationError extends Error {
  override name = 'AugmentationError';

  /**
   * @param where the function that refuses, as its user writes it.
   * @param came what it was given.
   * @param expected what it can work with.
   * @param fix what to do about it.
   */
  constructor(where: string, came: string, expected: string, fix: string) {
    super(`@ganjs/augmentations: ${where} got ${came}, but expected ${expected}. ${fix}`);
  }
}

/** Images of the wrong shape or dtype. */
export class ShapeError extends AugmentationError {
  override name = 'ShapeError';
}

/** An option out of its range, or not a number. */
export class OptionError extends AugmentationError {
  override name = 'OptionError';
}

/** The name of an augmentation that does not exist. */
export class UnknownAugmentationError extends AugmentationError {
  override name = 'UnknownAugmentationError';
}

/** NaN or infinity in a number that would stay in the state of a controller for ever. */
export class NonFiniteError extends AugmentationError {
  override name = 'NonFiniteError';
}
