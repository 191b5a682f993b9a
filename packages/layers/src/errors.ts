import { GanjsError } from '@ganjs/errors';

/** A shape as `tf.layers` writes it: null stands for a dimension that is not known, such as the batch. */
export type Shape = readonly (number | null)[];

/** `[null,4,4,8]` as people write it: `[batch, 4, 4, 8]`; several shapes are listed. */
export function showShape(shape: Shape | readonly Shape[]): string {
  if (shape.length > 0 && Array.isArray(shape[0]))
    return (shape as readonly Shape[]).map(showShape).join(', ');
  return `[${(shape as Shape).map((size, axis) => size ?? (axis === 0 ? 'batch' : 'any')).join(', ')}]`;
}

/** A layer or an op received tensors of a shape that it cannot take. */
export class LayerShapeError extends GanjsError {
  override readonly name = 'LayerShapeError';

  /**
   * @param layer name of the layer or op.
   * @param expected the shape or shapes that it takes, in words.
   * @param received the shape or shapes that came.
   * @param fix what to do about it.
   */
  constructor(
    readonly layer: string,
    readonly expected: string,
    readonly received: Shape | readonly Shape[],
    fix?: string,
  ) {
    super(
      `@ganjs/layers: ${layer} expects ${expected}, but received ${showShape(received)}${fix ? `. ${fix}` : ''}`,
    );
  }
}

/** A layer's configuration has a value out of its range. */
export class LayerConfigError extends GanjsError {
  override readonly name = 'LayerConfigError';

  /**
   * @param layer name of the layer or op.
   * @param option name of the option.
   * @param expected the range of the option, in words.
   * @param received the value that came.
   */
  constructor(
    readonly layer: string,
    readonly option: string,
    readonly expected: string,
    readonly received: unknown,
  ) {
    super(`@ganjs/layers: ${layer} needs ${option} to be ${expected}, but it is ${JSON.stringify(received)}`);
  }
}

/** A method was called at a time when it has no meaning. */
export class LayerStateError extends GanjsError {
  override readonly name = 'LayerStateError';

  /**
   * @param method name of the method.
   * @param remedy what to call before it.
   */
  constructor(
    readonly method: string,
    readonly remedy: string,
  ) {
    super(`@ganjs/layers: ${method} is not possible now: call ${remedy} before it`);
  }
}
