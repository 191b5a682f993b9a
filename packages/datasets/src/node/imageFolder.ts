import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { CaptionedDataset } from '../captioned.js';
import type { Dataset } from '../dataset.js';
import { DatasetError } from '../errors.js';
import type { ImageFile } from '../imageFiles/decode.js';
import {
  fromCaptionedFiles,
  fromImageFiles,
  fromPairedFiles,
  fromSideBySideFiles,
  fromUnpairedFiles,
  type ImageFilesOptions,
  type Loaded,
  type PairedFilesOptions,
} from '../imageFiles/fromImageFiles.js';
import type { TranslationDataset } from '../translation.js';
import { sharpDecoder } from './sharpDecoder.js';

/** How to read a folder of images; `size` is required. */
export type FolderOptions<O extends ImageFilesOptions = ImageFilesOptions> = Omit<O, 'name' | 'decode'> & {
  /** Default: the folder's path. */
  readonly name?: string;
};

/** Every file below `dir`, links followed. */
async function listFiles(dir: string): Promise<ImageFile[]> {
  let names: string[];
  try {
    names = await readdir(dir, { recursive: true });
  } catch (cause) {
    const problem = {
      where: dir,
      field: 'folder',
      got: (cause as NodeJS.ErrnoException).code ?? 'unreadable',
    };
    throw new DatasetError({ ...problem, expected: 'a folder of images', fix: 'Check the path.' }, { cause });
  }
  const files = await Promise.all(
    names.map(async (name) => {
      const path = join(dir, name);
      const isFile = await stat(path).then(
        (entry) => entry.isFile(),
        () => true, // a broken link is a file that cannot be read, and is reported as one
      );
      return isFile ? [{ path: relative(dir, path).split(sep).join('/'), bytes: () => readFile(path) }] : [];
    }),
  );
  return files.flat();
}

/**
 * Opens a folder of images: png, jpg, webp, gif. With two or more folders in it, and no image beside them, the folders
 * are the classes; otherwise there are none.
 *
 * Needs the optional package `sharp`.
 *
 * @returns the dataset, with a `report` that names each file that is not in it.
 * @throws DatasetError when there is no image, or when more than `maxSkipped` cannot be read.
 *
 * @example
 * const faces = await openImageFolder('faces', { size: 64 });
 * for (const { path, reason } of faces.report.skipped) console.warn(path, reason);
 */
export async function openImageFolder(dir: string, options: FolderOptions): Promise<Loaded<Dataset>> {
  return fromImageFiles(await listFiles(dir), { name: dir, ...options, decode: await sharpDecoder() });
}

/** Opens two folders of images that match by name: `sources/1.png` shows what `images/1.jpg` shows. */
export async function openPairedFolders(
  dirs: { readonly sources: string; readonly images: string },
  options: FolderOptions<PairedFilesOptions>,
): Promise<Loaded<TranslationDataset>> {
  const files = { sources: await listFiles(dirs.sources), images: await listFiles(dirs.images) };
  return fromPairedFiles(files, { name: dirs.images, ...options, decode: await sharpDecoder() });
}

/** Opens a folder of pictures that each hold a pair side by side; `sources` says which half is given. */
export async function openSideBySideFolder(
  dir: string,
  options: FolderOptions & { readonly sources: 'left' | 'right' },
): Promise<Loaded<TranslationDataset>> {
  return fromSideBySideFiles(await listFiles(dir), { name: dir, ...options, decode: await sharpDecoder() });
}

/** Opens two folders of images that do not correspond. */
export async function openUnpairedFolders(
  dirs: { readonly sources: string; readonly images: string },
  options: FolderOptions,
): Promise<Loaded<TranslationDataset>> {
  const files = { sources: await listFiles(dirs.sources), images: await listFiles(dirs.images) };
  return fromUnpairedFiles(files, { name: dirs.images, ...options, decode: await sharpDecoder() });
}

/** Opens a folder of images with captions in `captions.jsonl`; see `fromCaptionedFiles` for its form. */
export async function openCaptionedFolder(
  dir: string,
  options: FolderOptions,
): Promise<Loaded<CaptionedDataset>> {
  const files = await listFiles(dir);
  const captions = files.find((file) => file.path === 'captions.jsonl');
  if (!captions) {
    throw new DatasetError({
      where: dir,
      field: 'captions.jsonl',
      got: 'missing',
      expected: 'a line {"file": "a.png", "caption": "…"} for each image',
      fix: 'Write that file, or open the folder as plain images.',
    });
  }
  const text = new TextDecoder().decode(await captions.bytes());
  const images = files.filter((file) => file !== captions);
  return fromCaptionedFiles(images, text, { name: dir, ...options, decode: await sharpDecoder() });
}
