import { InputError } from '@ganjs/errors';

/** An input that is optional in general but that this loss cannot do without. */
export class MissingInputError extends InputError {
  override readonly name = 'MissingInputError';
}
