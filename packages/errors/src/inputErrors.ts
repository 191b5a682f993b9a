import { GanjsError } from './ganjsError.js';

/** A function got what it cannot work with: `hinge got margin = -1, but expected a finite number >= 0. …`. */
export abstract class InputError extends GanjsError {
  /**
   * @param where the function that refuses, as its user writes it.
   * @param came what it was given.
   * @param expected what it can work with.
   * @param fix what to do about it, a sentence.
   * @param options the error's `cause`.
   */
  constructor(where: string, came: string, expected: string, fix: string, options?: ErrorOptions) {
    super(`${where} got ${came}, but expected ${expected}. ${fix}`, options);
  }
}

/** Data of the wrong shape, rank, dtype or size, or two pieces of data that do not fit together. */
export class ShapeError extends InputError {
  override readonly name = 'ShapeError';
}

/** An option out of its range: a negative margin, a target above 1, NaN. */
export class OptionError extends InputError {
  override readonly name = 'OptionError';
}

/** NaN or infinity in the data: what is computed from it would mean nothing. */
export class NonFiniteError extends InputError {
  override readonly name = 'NonFiniteError';
}
