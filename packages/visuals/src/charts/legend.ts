import { element, escaped } from './svg.js';

/** What a series is called, and the colour of its marks. */
export interface Entry {
  readonly name: string;
  readonly colour: string;
}

/** Height of a row of the legend, in pixels. */
export const ROW_HEIGHT = 20;

// The text flows by itself, whatever font draws it; spaces that do not break are kept side by side.
const SPACE = '\u00a0';
const GAP = SPACE.repeat(6);

/** The entries in rows that fit into the width, by an estimate of the text's. */
export function legendRows(entries: readonly Entry[], width: number): Entry[][] {
  const perRow = width / 8; // characters, of 8 pixels at most as a rule
  const rows: Entry[][] = [];
  let room = 0;
  for (const entry of entries) {
    const length = entry.name.length + GAP.length;
    if (rows.length === 0 || length > room) {
      rows.push([]);
      room = perRow;
    }
    rows.at(-1)!.push(entry);
    room -= length;
  }
  return rows;
}

/**
 * Rows of names behind a sign in their colour, centred at `x`, the first one at `y`.
 *
 * @param sign a character that looks like the marks, such as a dot.
 */
export function legend(
  rows: readonly (readonly Entry[])[],
  { x, y, sign }: { x: number; y: number; sign: string },
): string[] {
  return rows.map((row, i) => {
    const entries = row.map(
      ({ name, colour }) => element('tspan', { fill: colour }, sign) + SPACE + escaped(name),
    );
    return element('text', { x, y: y + i * ROW_HEIGHT, 'text-anchor': 'middle' }, entries.join(GAP));
  });
}
