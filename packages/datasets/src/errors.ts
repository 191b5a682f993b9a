import { GanjsError } from '@ganjs/errors';

/** The parts of a DatasetError's message. */
export interface DatasetProblem {
  /** The file, folder or dataset that is wrong. */
  readonly where: string;
  /** What in it is wrong: `magic number`, `batch`. */
  readonly field: string;
  readonly got: string | number;
  readonly expected: string;
  /** What to do about it. */
  readonly fix: string;
}

/** Data that cannot be used as asked. The message says where, what came, what was expected and the fix. */
export class DatasetError extends GanjsError {
  override readonly name = 'DatasetError';
  readonly problem: DatasetProblem;

  constructor(problem: DatasetProblem, options?: ErrorOptions) {
    const { where, field, got, expected, fix } = problem;
    super(`@ganjs/datasets: ${where}: ${field} is ${got}, expected ${expected}. ${fix}`, options);
    this.problem = problem;
  }
}

/** A request for data that there is not, or with options that would change nothing. */
export class DataRequestError extends GanjsError {
  override readonly name = 'DataRequestError';
}
