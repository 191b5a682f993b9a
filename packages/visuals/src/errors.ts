import { GanjsError } from '@ganjs/errors';

/** Input that cannot be drawn. The message says what came, what was expected and the fix. */
export class VisualsError extends GanjsError {
  override readonly name = 'VisualsError';

  constructor(what: string, got: string | number, expected: string, fix: string) {
    super(`@ganjs/visuals: ${what} is ${got}, expected ${expected}. ${fix}`);
  }
}
