const brand: unique symbol = Symbol.for('@ganjs/errors');

/**
 * An error that its reader can mend: the message says what came, what was expected, and the fix, so that a program may
 * print it without the stack. What can only be a bug of ours is a plain `Error`.
 */
export abstract class GanjsError extends Error {
  /** What the error is called, also where a bundler shortens the names of classes. */
  abstract override readonly name: string;

  /** What {@link isGanjsError} looks for. On the prototype, so that consoles do not print it. */
  get [brand](): true {
    return true;
  }
}

/**
 * Whether an error is a {@link GanjsError}, also one of another copy of this package, which `instanceof` misses.
 *
 * @param error whatever was thrown.
 */
export function isGanjsError(error: unknown): error is GanjsError {
  return error instanceof Error && brand in error;
}
