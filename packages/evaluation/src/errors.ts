import { GanjsError } from '@ganjs/errors';

/** A run that cannot be evaluated: its data lacks what the evaluation compares images with. */
export class EvaluationError extends GanjsError {
  override readonly name = 'EvaluationError';
}
