import { checkWhole, ShapeError } from '@ganjs/errors';
import type { Permutations } from './kernelDistance.js';
import { type Rows, requireSameWidth } from './rows.js';

/** Among what a query looks for its own item. */
export interface RetrievalOptions {
  /** How many items a query sees, its own one included; at least 2. Fewer where there are fewer. */
  readonly candidates: number;
  /** Where the other items of query `i` are drawn from: `(i) => stream(seed, 'candidates', i)`. */
  random(query: number): Permutations;
}

/**
 * How often a query finds its own item among others, which is R-precision with one relevant item:
 *
 *   (1/n) Σ_i [ ‖qᵢ - xᵢ‖ < ‖qᵢ - xⱼ‖ for all j of candidates - 1 others ]
 *
 * Chance is 1 / candidates; a tie is not found.
 *
 * @param queries [n, width] features, such as those of generated images.
 * @param items [n, width] features; item `i` belongs to query `i`.
 * @returns in [0, 1].
 * @throws ShapeError when the rows differ in number or width.
 * @throws OptionError when there are fewer than 2 candidates.
 * @see Xu et al., "AttnGAN: Fine-Grained Text to Image Generation with Attentional GANs", 2018, section 4.
 */
export function retrievalAccuracy(
  queries: Rows,
  items: Rows,
  { candidates, random }: RetrievalOptions,
): number {
  requireSameWidth('retrievalAccuracy', queries, items);
  checkWhole('retrievalAccuracy', 'candidates', candidates, 2);
  const n = queries.samples;
  if (items.samples !== n) {
    throw new ShapeError(
      'retrievalAccuracy',
      `${n} queries and ${items.samples} items`,
      'one item for each query',
      'Item i is the one that query i shall find.',
    );
  }
  let found = 0;
  for (let i = 0; i < n; i++) {
    const others = Array.from(random(i).permutation(n)).filter((j) => j !== i);
    const own = squaredDistance(queries, i, items, i);
    if (others.slice(0, candidates - 1).every((j) => squaredDistance(queries, i, items, j) > own)) found++;
  }
  return found / n;
}

function squaredDistance(x: Rows, i: number, y: Rows, j: number): number {
  let sum = 0;
  for (let k = 0; k < x.width; k++) sum += (x.data[i * x.width + k]! - y.data[j * y.width + k]!) ** 2;
  return sum;
}
