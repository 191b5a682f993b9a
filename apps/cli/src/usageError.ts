import { GanjsError } from '@ganjs/errors';

/** A mistake in what the user asked for. */
export class UsageError extends GanjsError {
  override readonly name = 'UsageError';
}
