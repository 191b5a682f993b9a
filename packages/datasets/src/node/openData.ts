import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { suggestion } from '@ganjs/errors';
import type { Dataset, ImageShape } from '../dataset.js';
import { DataRequestError } from '../errors.js';
import type { Loaded, LoadReport } from '../imageFiles/fromImageFiles.js';
import { asKind, type DataKind } from '../kinds.js';
import { findIdx, openIdxFolder } from './idxFolder.js';
import {
  type FolderOptions,
  openCaptionedFolder,
  openImageFolder,
  openPairedFolders,
  openSideBySideFolder,
  openUnpairedFolders,
} from './imageFolder.js';
import { namedDatasets } from './named.js';
import type { Split } from './namedDataset.js';

/** Which data, and how to read it. */
export interface DataRequest {
  /** A named dataset, a folder with idx files, or a folder of images in the layout of the kind. */
  readonly data: string;
  /** Of a folder of images: what they are brought to; needed there, refused elsewhere. */
  readonly size?: Pick<ImageShape, 'height' | 'width'> | undefined;
  /** Of a folder of images: gray, RGB (default) or RGBA. */
  readonly channels?: 1 | 3 | 4 | undefined;
  /** Of images that shall be `resolutions`: how many times smaller the given ones are. Default 4. */
  readonly factor?: number | undefined;
  /** Of pictures that show a pair side by side: the half that is given. Default: the left. */
  readonly source?: 'left' | 'right' | undefined;
}

/** Data, and what became of the files of a folder of images. */
export interface OpenedData {
  readonly dataset: Dataset;
  readonly report?: LoadReport;
}

/**
 * Opens what a request names, as data of a kind.
 *
 * @param options.split of data that has two; default `'train'`.
 * @throws DataRequestError for an unknown name, or options that do not go with the data; DatasetError when the data is
 * missing or damaged.
 * @example
 * const { dataset, report } = await openData({ data: 'photos', size: { height: 64, width: 64 } }, 'images');
 */
export async function openData(
  request: DataRequest,
  kind: DataKind,
  { split = 'train' }: { readonly split?: Split } = {},
): Promise<OpenedData> {
  checkOptions(request, kind);
  const opened = await open(request, kind, split);
  const dataset = asKind(opened, kind, request.factor);
  return 'report' in opened ? { dataset, report: opened.report } : { dataset };
}

async function open(
  { data, size, channels, source = 'left' }: DataRequest,
  kind: DataKind,
  split: Split,
): Promise<Dataset | Loaded<Dataset>> {
  const named = namedDatasets.find(({ name }) => name === data);
  if (named) return named.open({ split });
  const name = basename(resolve(data));
  if (hasIdx(data)) return openIdxFolder(data, { name });
  if (!existsSync(data)) {
    const names = namedDatasets.map((dataset) => dataset.name);
    throw new DataRequestError(
      `There is no dataset "${data}", and no such folder.${suggestion(data, names)} A folder of images or idx files works too.`,
    );
  }
  if (!size) {
    throw new DataRequestError(
      `${data} is a folder of images: say what size to bring them to, such as size 64, or 48x64 (height x width).`,
    );
  }
  return openers[kind](data, { name, size, source, ...(channels && { channels }) });
}

/** How to read a folder. */
interface Reading extends FolderOptions {
  readonly source: 'left' | 'right';
}

/** Reads the folder that `dataKinds` describes. */
const openers: Readonly<Record<DataKind, (dir: string, options: Reading) => Promise<Loaded<Dataset>>>> = {
  images: openImageFolder,
  labelled: openImageFolder,
  pairs: (dir, { source, ...options }) =>
    hasDomains(dir)
      ? openPairedFolders(domains(dir), options)
      : openSideBySideFolder(dir, { ...options, sources: source }),
  domains(dir, options) {
    if (hasDomains(dir)) return openUnpairedFolders(domains(dir), options);
    throw new DataRequestError(
      `${dir} has no folders sources/ and images/: put the images of each domain in one.`,
    );
  },
  resolutions: openImageFolder,
  captions: openCaptionedFolder,
  points(dir) {
    throw new DataRequestError(`${dir}: points do not come in folders; name one of ring, grid and spiral.`);
  },
};

/** Refuses options that would do nothing. */
function checkOptions({ data, size, channels, factor, source }: DataRequest, kind: DataKind): void {
  const named = namedDatasets.some(({ name }) => name === data);
  if ((size || channels) && (named || hasIdx(data))) {
    throw new DataRequestError(
      `${size ? 'size is' : 'channels are'} for folders of images; ${data} has its own: leave it out.`,
    );
  }
  if (source && (kind !== 'pairs' || named || hasDomains(data))) {
    throw new DataRequestError('source is for pictures that show a pair side by side: leave it out.');
  }
  if (factor !== undefined && kind !== 'resolutions') {
    throw new DataRequestError('factor is for super-resolution: leave it out.');
  }
}

const domains = (dir: string) => ({ sources: join(dir, 'sources'), images: join(dir, 'images') });

/** Whether a folder holds two of images. */
function hasDomains(dir: string): boolean {
  const { sources, images } = domains(dir);
  return existsSync(sources) && existsSync(images);
}

const hasIdx = (dir: string) => findIdx(dir, 'train', 'images') !== undefined;
