import { GanjsError } from '@ganjs/errors';

/** A network that cannot be built as asked. The message names the option, what came and what is possible. */
export class ArchitectureError extends GanjsError {
  override readonly name = 'ArchitectureError';
}
