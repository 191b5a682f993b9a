import type { Dataset } from '../dataset.js';
import { DataRequestError } from '../errors.js';
import { type AnyDatasetInfo, asKind, contentsOf, type DataKind, dataKinds } from '../kinds.js';
import { namedDatasets } from './named.js';
import type { NamedDataset } from './namedDataset.js';

/** The named datasets that can serve as a kind. */
export function namedDatasetsOf(kind: DataKind): readonly NamedDataset[] {
  return namedDatasets.filter((named) => serves(named, kind));
}

/** The kinds that a named dataset can serve as. */
export function kindsOf(named: NamedDataset): readonly DataKind[] {
  return (Object.keys(dataKinds) as DataKind[]).filter((kind) => serves(named, kind));
}

/** The named dataset to try a kind on: one that was made for it, where there is such. */
export function exampleOf(kind: DataKind): NamedDataset {
  const all = namedDatasetsOf(kind);
  return all.find((named) => named.kind === kind) ?? all[0]!;
}

/**
 * Checks that data is of a kind.
 *
 * @param wanted who needs it, as messages say it: `cgan`.
 * @throws DataRequestError that says what is needed, what the data is, and which data suits.
 */
export function checkKind(info: AnyDatasetInfo, kind: DataKind, wanted: string): void {
  const { suits, contents, folder } = dataKinds[kind];
  if (suits(info)) return;
  const names = namedDatasetsOf(kind).map(({ name }) => name);
  throw new DataRequestError(
    `${wanted} needs ${contents}, but ${info.name} has ${contentsOf(info)}. ` +
      `Data that suits: ${names.join(', ')}${folder ? `, or ${folder}` : ''}.`,
  );
}

function serves(named: NamedDataset, kind: DataKind): boolean {
  // Some classes are known only once the files are read.
  if (named.kind === kind) return true;
  const unopened: Dataset = { info: infoOf(named), batches: notOpened };
  return dataKinds[kind].suits(asKind(unopened, kind).info);
}

/** What a named dataset will tell of itself, before it is opened. */
function infoOf({ name, image, given, classes, kind }: NamedDataset): AnyDatasetInfo {
  const paired = kind === 'pairs' || kind === 'resolutions';
  return {
    ...{ name, size: 0, image, paired, captioned: kind === 'captions' },
    ...(given && { source: given }),
    ...(classes && { classes }),
  };
}

function notOpened(): never {
  throw new Error('The dataset was not opened.');
}
