import { closest, distance } from 'fastest-levenshtein';

/** A mistake in what the user asked for. It is printed without a stack: the message must say all. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** ` Did you mean "dcgan"?`, or the list of choices when nothing is near. */
export function suggestion(word: string, choices: readonly string[]): string {
  if (choices.length === 0) return '';
  const nearest = closest(word, [...choices]);
  if (distance(word, nearest) <= Math.max(2, Math.floor(nearest.length / 3)))
    return ` Did you mean "${nearest}"?`;
  return ` Choose one of: ${choices.join(', ')}.`;
}
