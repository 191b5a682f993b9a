import { GanjsError } from '@ganjs/errors';

/**
 * A derivative was asked of an operation that has none, or whose derivative TensorFlow.js cannot give
 * correctly. Thrown in place of a wrong number.
 */
export class NotDifferentiableError extends GanjsError {
  override readonly name = 'NotDifferentiableError';

  /**
   * @param operation the TensorFlow.js kernel, e.g. `CropAndResize`
   * @param reason why there is no derivative, and what to use instead
   */
  constructor(
    readonly operation: string,
    reason: string,
  ) {
    super(`@ganjs/autodiff: no derivative of ${operation}: ${reason}`);
  }
}

/** A derivative was asked with respect to a tensor on which the result does not depend. */
export class DisconnectedInputError extends GanjsError {
  override readonly name = 'DisconnectedInputError';

  /**
   * @param helper the function that was called, e.g. `gradientOf`
   * @param shape the shape of the input
   */
  constructor(helper: string, shape: readonly number[]) {
    super(
      `@ganjs/autodiff: ${helper} got a function whose result does not depend on its argument (shape [${shape}]). ` +
        'Compute the result from the argument that the function receives, inside the function, and without ' +
        'reading values back (dataSync, arraySync).',
    );
  }
}

/** An objective of {@link variableGradients} is not a scalar. */
export class NonScalarObjectiveError extends GanjsError {
  override readonly name = 'NonScalarObjectiveError';

  /**
   * @param index which objective, counted from 0
   * @param shape the shape that it has
   */
  constructor(
    readonly index: number,
    readonly shape: readonly number[],
  ) {
    super(
      `@ganjs/autodiff: variableGradients got objective ${index} of shape [${shape}], expected a scalar, shape []. ` +
        'Reduce it first, e.g. with tf.mean.',
    );
  }
}

/** The installed TensorFlow.js is not built the way this package was tested with. */
export class UnsupportedEngineError extends GanjsError {
  override readonly name = 'UnsupportedEngineError';

  /** @param missing the member of the engine that was not found */
  constructor(missing: string) {
    super(
      `@ganjs/autodiff: tf.engine().${missing} does not exist in this TensorFlow.js; expected 4.22. ` +
        'Install @tensorflow/tfjs 4.22, or a newer @ganjs/autodiff.',
    );
  }
}
