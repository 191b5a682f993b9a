import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import {
  type Batch,
  type CaptionedDataset,
  type Dataset,
  embedCaptions,
  type Loaded,
  type LoadReport,
  type TextEncoder,
} from '@ganjs/datasets';
import { namedDatasets, openIdxFolder, type Split } from '@ganjs/datasets/node';
import { openSentenceEncoder } from '@ganjs/encoders/node';
import { suggestion } from '@ganjs/errors';
import type { Task } from '@ganjs/trainer';
import { UsageError } from '../usageError.js';
import { hasDomains, openFolder } from './folder.js';
import type { DataInfo, DataRequest } from './request.js';
import { forTask } from './suitable.js';

/** Data that a run can be made on. */
export interface OpenedData {
  readonly dataset: Dataset<Batch, DataInfo>;
  /** What became of the files of a folder of images. */
  readonly report?: LoadReport;
}

/**
 * Opens what a request names, in the form that the task needs: a dataset by its name, a folder with idx files, or a
 * folder of images. Needs a started backend: captions are embedded by a network.
 *
 * @throws UsageError for an unknown name or flags that do not go with the data; DatasetError when the data is missing
 * or damaged.
 */
export async function openData(
  request: DataRequest,
  task: Task,
  split: Split = 'train',
): Promise<OpenedData> {
  checkFlags(request, task);
  const opened = await open(request, task, split);
  const report = 'report' in opened ? opened.report : undefined;
  const embedded = await withEmbeddings(opened, task);
  return { dataset: forTask(embedded, task, request.factor), ...(report && { report }) };
}

/** Data to show and to judge by: the test split of a dataset with a name, otherwise what was trained on. */
export async function openHeldOut(request: DataRequest, task: Task): Promise<OpenedData['dataset']> {
  return (await openData(request, task, 'test')).dataset;
}

async function open(
  { data, size, channels, given = 'left' }: DataRequest,
  task: Task,
  split: Split,
): Promise<Dataset | Loaded<Dataset>> {
  const named = namedDatasets.find(({ name }) => name === data);
  if (named) return named.open({ split });
  const name = basename(resolve(data));
  if (hasIdx(data)) return openIdxFolder(data, { name });
  if (!existsSync(data)) {
    const names = namedDatasets.map((dataset) => dataset.name);
    throw new UsageError(
      `There is no dataset "${data}", and no such folder.${suggestion(data, names)} A folder of images or idx files works too.`,
    );
  }
  if (!size) {
    throw new UsageError(
      `${data} is a folder of images: say what size to bring them to, such as --size 64 or --size 48x64 (height x width).`,
    );
  }
  return openFolder(data, task, { name, size, given, ...(channels && { channels }) });
}

/** Serves all data of this process: its network is large. */
let encoder: Promise<TextEncoder> | undefined;

/** Captions become vectors, where that is the task. */
async function withEmbeddings(dataset: Dataset, task: Task): Promise<Dataset> {
  const { captioned }: DataInfo = dataset.info;
  if (task !== 'text-to-image' || !captioned) return dataset;
  encoder ??= openSentenceEncoder();
  return embedCaptions(dataset as CaptionedDataset, await encoder);
}

/** Refuses flags that would do nothing. */
function checkFlags({ data, size, channels, factor, given }: DataRequest, task: Task): void {
  const named = namedDatasets.some(({ name }) => name === data);
  if ((size || channels) && (named || hasIdx(data))) {
    throw new UsageError(
      `--${size ? 'size' : 'channels'} is for folders of images; ${data} has a size of its own: leave it out.`,
    );
  }
  if (given && (task !== 'paired-translation' || named || hasDomains(data))) {
    throw new UsageError('--given is for pictures that show a pair side by side: leave it out.');
  }
  if (factor !== undefined && task !== 'super-resolution') {
    throw new UsageError(
      `--factor is for super-resolution, but the variant's task is ${task}: leave it out.`,
    );
  }
}

const hasIdx = (dir: string) =>
  ['', '.gz'].some((ending) => existsSync(join(dir, `train-images-idx3-ubyte${ending}`)));
