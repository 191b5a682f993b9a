import { appendFile, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { RunStorage } from '../runStorage.js';

/** Keeps a run in a folder, which is made with the first file. Files are replaced whole or not at all. */
export function folderStorage(path: string): RunStorage {
  const folders = new Set<string>();
  /** Where a file stands, in a folder that is there. */
  const placeFor = async (name: string): Promise<string> => {
    const file = join(path, name);
    const folder = dirname(file);
    if (!folders.has(folder)) await mkdir(folder, { recursive: true });
    folders.add(folder);
    return file;
  };
  return {
    location: path,
    read: (name) => readFile(join(path, name)).catch(unlessMissing(undefined)),
    async write(name, content) {
      await writeFileAtomic(
        await placeFor(name),
        typeof content === 'string'
          ? content
          : Buffer.from(content.buffer, content.byteOffset, content.length),
      );
    },
    append: async (name, text) => appendFile(await placeFor(name), text),
    async list(prefix) {
      const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(unlessMissing([]));
      return entries
        .filter((entry) => entry.isFile())
        .map((entry) => relative(path, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
        .filter((name) => name.startsWith(prefix))
        .sort();
    },
    remove: (name) => rm(join(path, name), { force: true }),
  };
}

/** Takes a file that is not there for `value`; throws any other error. */
function unlessMissing<T>(value: T): (error: NodeJS.ErrnoException) => T {
  return (error) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return value;
    throw error;
  };
}
