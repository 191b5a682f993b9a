import { isGanjsError } from '@ganjs/errors';

/** What is printed of an error: the message where it says all that the user needs; of a bug of ours, the stack too. */
export function errorText(error: unknown): string {
  if (isGanjsError(error)) return error.message;
  return (error instanceof Error && error.stack) || String(error);
}
