import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { env } from 'node:process';
import type { Dataset, ImageShape } from '../dataset.js';
import { DatasetError } from '../errors.js';
import type { DataKind } from '../kinds.js';

/** The two halves that data is published in: one to train on, one to score on. */
export type Split = 'train' | 'test';

/** Which part of a named dataset to open, and where it lies. */
export interface OpenOptions {
  /** Default `'train'`. */
  readonly split?: Split;
  /** The folder that holds the data; default: the places that the dataset's `source` names. */
  readonly root?: string;
}

/** A dataset that can be asked for by name. */
export interface NamedDataset<D extends Dataset = Dataset> {
  /** What to type: `mnist`. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Where the data comes from and on what terms, in a sentence. */
  readonly source: string;
  /** The kind that it was made for; it may serve others, too: `kindsOf`. */
  readonly kind: DataKind;
  readonly image: ImageShape;
  /** The shape of a given image, where a batch holds `sources`. */
  readonly given?: ImageShape;
  readonly classes?: readonly string[];
  /** @throws DatasetError when the data is not found (says where it was looked for and how to get it) or damaged. */
  open(options?: OpenOptions): Promise<D>;
}

/** Where a named dataset may lie: only in `root` when one is given. */
export function places(name: string, root: string | undefined, last: string | undefined): string[] {
  if (root !== undefined) return [resolve(root)];
  const shared = env.GANJS_DATA ? [join(env.GANJS_DATA, name)] : [];
  return [...shared, resolve('data', name), ...(last ? [last] : [])];
}

/**
 * The first place that holds the data.
 *
 * @param holds whether a place does.
 * @throws DatasetError that lists the places and says how to get the data.
 */
export function findPlace(
  looked: readonly string[],
  holds: (place: string) => boolean,
  missing: { readonly name: string; readonly files: string; readonly fix: string },
): string {
  const found = looked.find((place) => existsSync(place) && holds(place));
  if (found !== undefined) return found;
  throw new DatasetError({
    where: missing.name,
    field: 'data',
    got: 'not found',
    expected: `${missing.files} in ${looked.join(' or ')}`,
    fix: missing.fix,
  });
}
