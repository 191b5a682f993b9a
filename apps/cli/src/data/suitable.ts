import { type Dataset, type ImageShape, superResolution } from '@ganjs/datasets';
import { type NamedDataset, namedDatasets } from '@ganjs/datasets/node';
import { type Task, tasks, type Variant } from '@ganjs/trainer';
import { UsageError } from '../usageError.js';
import { folderForms } from './folder.js';
import type { DataInfo } from './request.js';

/** How many times smaller the given images of super-resolution are, unless the user says otherwise. */
export const FACTOR = 4;

/** The kind of named data that shows a task at its best. */
const favourites: Readonly<Record<Task, NamedDataset['kind']>> = {
  'image-synthesis': 'images',
  'class-conditional': 'images',
  'paired-translation': 'pairs',
  'unpaired-translation': 'domains',
  'super-resolution': 'pairs',
  'text-to-image': 'captions',
};

/** What a named dataset will tell of itself, before it is opened. */
export function infoOf({ name, image, given, classes, kind }: NamedDataset): DataInfo {
  return {
    ...{ name, size: 0, image, paired: kind === 'pairs', captioned: kind === 'captions' },
    ...(given && { source: given }),
    ...(classes && { classes }),
  };
}

/** Images alone become pairs of low and high resolution, where that is the task and their sides allow it. */
export function forTask(dataset: Dataset, task: Task, factor = FACTOR): Dataset {
  const { source, image }: DataInfo = dataset.info;
  const divisible = image.height % factor === 0 && image.width % factor === 0;
  return task === 'super-resolution' && !source && divisible ? superResolution(dataset, factor) : dataset;
}

/** The named datasets that a task can be learnt from. */
export function datasetsFor(task: Task): readonly NamedDataset[] {
  return namedDatasets.filter((named) => suits(named, task));
}

/** The tasks that can be learnt from a named dataset. */
export function tasksFor(named: NamedDataset): readonly Task[] {
  return (Object.keys(tasks) as Task[]).filter((task) => suits(named, task));
}

/** The named dataset to try a task on. */
export function exampleFor(task: Task): NamedDataset {
  return datasetsFor(task).find(({ kind }) => kind === favourites[task])!;
}

/** @throws UsageError that says what the variant's task needs, what the data is, and which data suits. */
export function checkSuits({ name, task }: Pick<Variant, 'name' | 'task'>, info: DataInfo): void {
  if (tasks[task].suits(info)) return;
  const names = datasetsFor(task).map((named) => named.name);
  throw new UsageError(
    `${name} needs ${tasks[task].needs}, but ${info.name} has ${contents(info)}. ` +
      `Data that suits: ${names.join(', ')}, or ${folderForms[task]}.`,
  );
}

function suits(named: NamedDataset, task: Task): boolean {
  return tasks[task].suits(forTask({ info: infoOf(named), batches: notOpened }, task).info);
}

function notOpened(): never {
  throw new Error('The dataset was not opened.');
}

/** `pairs of 16x16x3 and 64x64x3`, `images of 28x28x1 in 10 classes`, … */
function contents({ image, source, paired, captioned, classes }: DataInfo): string {
  const labels = classes ? ` in ${classes.length} classes` : '';
  if (source)
    return `${paired ? 'pairs' : 'two domains'} of ${shapeOf(source)} and ${shapeOf(image)}${labels}`;
  return `images of ${shapeOf(image)}${captioned ? ' with captions' : ''}${labels}`;
}

/** `28x28x1`: height, width, channels. */
export function shapeOf({ height, width, channels }: ImageShape): string {
  return `${height}x${width}x${channels}`;
}
