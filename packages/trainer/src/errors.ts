import { GanjsError } from '@ganjs/errors';

/** A variant, or the game it created, breaks the contract. The message names the part and the fix. */
export class GameError extends GanjsError {
  override readonly name = 'GameError';
}

/** A configuration that a variant cannot build. The message names the key, what came and what is possible. */
export class ConfigError extends GanjsError {
  override readonly name = 'ConfigError';
}

/** A loss term left the finite numbers, so further training would only destroy the weights. */
export class DivergenceError extends GanjsError {
  override readonly name = 'DivergenceError';

  constructor(
    readonly step: number,
    readonly term: string,
    readonly value: number,
  ) {
    super(
      `@ganjs/trainer: ${term} became ${value} at step ${step}. ` +
        'Lower the learning rate, or continue from the last checkpoint with another seed.',
    );
  }
}

/** A checkpoint that cannot be read, or that belongs to another game. */
export class CheckpointError extends GanjsError {
  override readonly name = 'CheckpointError';
}
