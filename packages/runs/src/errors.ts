import { GanjsError } from '@ganjs/errors';

/** What was asked of a run that it cannot do, or a run whose files are missing or damaged. */
export class RunError extends GanjsError {
  override readonly name = 'RunError';
}
