/**
 * The end of a message about a word that is not known: ` Did you mean "dcgan"?`, or where no choice is near,
 * ` Choose one of: gan, dcgan.`. Empty where there is no choice.
 *
 * @param word what came.
 * @param choices what is known.
 */
export function suggestion(word: string, choices: readonly string[]): string {
  const [nearest] = choices
    .map((choice) => ({ choice, edits: editDistance(word, choice) }))
    .sort((a, b) => a.edits - b.edits);
  if (!nearest) return '';
  if (nearest.edits <= Math.max(2, Math.floor(nearest.choice.length / 3)))
    return ` Did you mean "${nearest.choice}"?`;
  return ` Choose one of: ${choices.join(', ')}.`;
}

/** Letters to insert, delete or replace to turn one word into the other (Levenshtein, 1966). */
function editDistance(a: string, b: string): number {
  // Row i: the distances between the first i letters of a and every beginning of b (Wagner and Fischer, 1974).
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
