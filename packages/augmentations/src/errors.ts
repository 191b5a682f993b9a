import { InputError } from '@ganjs/errors';

/** The name of an augmentation that does not exist. */
export class UnknownAugmentationError extends InputError {
  override readonly name = 'UnknownAugmentationError';
}
