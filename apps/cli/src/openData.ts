import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { Dataset } from '@ganjs/datasets';
import { namedDatasets, openIdxFolder } from '@ganjs/datasets/node';
import { suggestion, UsageError } from './usageError.js';

/**
 * Opens the training images that `--data` names: a dataset by its name, or a folder with idx files.
 *
 * @throws UsageError for an unknown name; DatasetError when the data is missing or damaged.
 */
export async function openData(data: string): Promise<Dataset> {
  const named = namedDatasets.find(({ name }) => name === data);
  if (named) return named.open();
  if (existsSync(data)) return openIdxFolder(data, { name: basename(resolve(data)) });
  const names = namedDatasets.map(({ name }) => name);
  throw new UsageError(
    `There is no dataset "${data}", and no such folder.${suggestion(data, names)} A folder with idx files works too.`,
  );
}
