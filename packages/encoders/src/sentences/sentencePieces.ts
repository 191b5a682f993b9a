/** A vocabulary of SentencePiece: each piece with the logarithm of its probability. The first six are reserved. */
export type Vocabulary = readonly (readonly [piece: string, score: number])[];

const RESERVED = 6;
const UNKNOWN = 0;
/** What stands for a space: "lower one eighth block". */
const SPACE = '\u2581';

/**
 * Cuts sentences into the most probable pieces of a vocabulary (Viterbi's algorithm).
 *
 * A character that begins no piece is unknown; several in a row are one. Of equally probable cuts the one whose last
 * piece is shorter wins.
 *
 * @returns from a sentence to the numbers of its pieces, none for an empty one.
 * @source Kudo, "Subword Regularization" (2018), unigram language model; `EncodeAsIds` of SentencePiece.
 */
export function sentencePieces(vocabulary: Vocabulary): (text: string) => number[] {
  const ids = new Map(vocabulary.slice(RESERVED).map(([piece], i) => [piece, i + RESERVED]));
  const longest = Math.max(...vocabulary.map(([piece]) => [...piece].length));

  /** The pieces at the head of some characters; the unknown one where there are none. */
  const piecesAt = (characters: readonly string[], start: number) => {
    const found: { length: number; id: number; score: number }[] = [];
    for (let length = 1; length <= Math.min(longest, characters.length - start); length++) {
      const id = ids.get(characters.slice(start, start + length).join(''));
      if (id !== undefined) found.push({ length, id, score: vocabulary[id]![1] });
    }
    return found.length > 0 ? found : [{ length: 1, id: UNKNOWN, score: 0 }];
  };

  return (text) => {
    const normalized = text.normalize('NFKC');
    if (normalized === '') return [];
    const characters = [...(SPACE + normalized.replaceAll(' ', SPACE))];
    // The best cut of the first i characters, by its last piece.
    const best: ({ score: number; id: number; from: number } | undefined)[] = [
      { score: 0, id: -1, from: -1 },
    ];
    for (let start = 0; start < characters.length; start++) {
      const before = best[start];
      if (!before) continue;
      for (const { length, id, score } of piecesAt(characters, start)) {
        const total = before.score + score;
        const rival = best[start + length];
        if (!rival || total >= rival.score) best[start + length] = { score: total, id, from: start };
      }
    }
    const pieces: number[] = [];
    for (let end = characters.length; end > 0; end = best[end]!.from) {
      const { id } = best[end]!;
      if (id !== UNKNOWN || pieces.at(-1) !== UNKNOWN) pieces.push(id);
    }
    return pieces.reverse();
  };
}
