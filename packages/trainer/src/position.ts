import { type Game, numbersOf, type State } from './game.js';
import type { Moment } from './moment.js';

/** Where a game stands: the moment, and its state. Images are sampled from a position. */
export interface Position extends Moment {
  readonly state: State;
}

/** Where a game stands before its first step. */
export function startOf(game: Pick<Game, 'state'>): Position {
  return positionOf(game, { step: 0, batch: 0, images: 0, progress: 0 }, numbersOf(game.state));
}

/** A moment of a game with the state's numbers as they are then; its variables are the game's. */
export function positionOf(
  game: Pick<Game, 'state'>,
  { step, batch, images, progress }: Moment,
  numbers: Readonly<Record<string, number>>,
): Position {
  return { step, batch, images, progress, state: { ...game.state, ...numbers } };
}
