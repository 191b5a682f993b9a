import { existsSync } from 'node:fs';
import { access, constants, mkdir, readdir, rm, rmdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { RunError } from '../errors.js';
import type { RunStorage } from '../runStorage.js';
import { folderStorage } from './folderStorage.js';

/** A folder that waits for a run. */
export interface NewRunFolder {
  readonly storage: RunStorage;
  /** Removes what was made: for a run that did not reach its first step. A folder that was there stays, empty. */
  remove(): Promise<void>;
}

/**
 * Makes the folder of a new run.
 *
 * @param path the folder; undefined for `runs/<name>`, with a number when that is taken.
 * @throws RunError when it cannot be made or written, or holds files already.
 */
export async function newRunFolder(path: string | undefined, name: string): Promise<NewRunFolder> {
  let folder = path ?? join('runs', name);
  for (let i = 2; path === undefined && existsSync(folder); i++) folder = join('runs', `${name}-${i}`);
  if (existsSync(folder) && (await readdir(folder).catch(() => ['?'])).length > 0) {
    throw new RunError(`The run's folder ${folder} exists and is not an empty folder: name another one.`);
  }
  /** The topmost folder that was made; undefined when its folder was there. */
  const made = await mkdir(folder, { recursive: true }).catch((error: Error) => {
    throw new RunError(`The run's folder ${folder} cannot be made: ${error.message}`, { cause: error });
  });
  await access(folder, constants.W_OK).catch((error: Error) => {
    throw new RunError(`The run's folder ${folder} cannot be written: ${error.message}`, { cause: error });
  });
  return {
    storage: folderStorage(folder),
    async remove() {
      const content = await readdir(folder);
      await Promise.all(content.map((entry) => rm(join(folder, entry), { recursive: true, force: true })));
      if (made === undefined) return;
      // Folders that were made for it go too, unless another run is in them by now.
      const top = dirname(resolve(made));
      for (let path = resolve(folder); path !== top; path = dirname(path)) {
        if (
          !(await rmdir(path).then(
            () => true,
            () => false,
          ))
        )
          return;
      }
    },
  };
}
