import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Dataset, Loaded } from '@ganjs/datasets';
import {
  type FolderOptions,
  openCaptionedFolder,
  openImageFolder,
  openPairedFolders,
  openSideBySideFolder,
  openUnpairedFolders,
} from '@ganjs/datasets/node';
import type { Task } from '@ganjs/trainer';
import { UsageError } from '../usageError.js';

/** What a folder must look like for each task, as messages say it. */
export const folderForms: Readonly<Record<Task, string>> = {
  'image-synthesis': 'a folder of images',
  'class-conditional': 'a folder that holds a folder of images for each class',
  'paired-translation':
    'a folder with sources/ and images/ that match by name, or of pictures that show the given image beside the wanted one',
  'unpaired-translation': 'a folder with the two domains in sources/ and images/',
  'super-resolution': `a folder of images`,
  'text-to-image': 'a folder of images with a captions.jsonl',
};

/** How to read a folder. */
interface Reading extends FolderOptions {
  /** The half that is given, of pictures that show a pair side by side. */
  readonly given: 'left' | 'right';
}

type Open = (dir: string, options: Reading) => Promise<Loaded<Dataset>>;

const openers: Readonly<Record<Task, Open>> = {
  'image-synthesis': openImageFolder,
  'class-conditional': openImageFolder,
  'paired-translation': (dir, { given, ...options }) =>
    hasDomains(dir)
      ? openPairedFolders(domains(dir), options)
      : openSideBySideFolder(dir, { ...options, sources: given }),
  'unpaired-translation': (dir, options) => {
    if (hasDomains(dir)) return openUnpairedFolders(domains(dir), options);
    throw new UsageError(`${dir} has no folders sources/ and images/: put the images of each domain in one.`);
  },
  'super-resolution': openImageFolder,
  'text-to-image': openCaptionedFolder,
};

/** Reads a folder of images in the form that the task needs; see {@link folderForms}. */
export function openFolder(dir: string, task: Task, options: Reading): Promise<Loaded<Dataset>> {
  return openers[task](dir, options);
}

const domains = (dir: string) => ({ sources: join(dir, 'sources'), images: join(dir, 'images') });

/** Whether a folder holds two of images. */
export function hasDomains(dir: string): boolean {
  const { sources, images } = domains(dir);
  return existsSync(sources) && existsSync(images);
}
