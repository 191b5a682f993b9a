import { DatasetError } from '../errors.js';
import type { ImageFile } from './decode.js';

/**
 * Files that were chosen or dropped in a browser. Of a chosen folder the paths begin below it, so that its folders are the
 * classes.
 *
 * @example
 * const files = browserFiles(document.querySelector('input')!.files!);
 * const dataset = await fromImageFiles(files, { name: 'mine', size: 64, decode: decodeInBrowser });
 */
export function browserFiles(files: Iterable<File>): ImageFile[] {
  return Array.from(files, (file) => ({
    path: file.webkitRelativePath.replace(/^[^/]*\//, '') || file.name,
    bytes: async () => new Uint8Array(await file.arrayBuffer()),
  }));
}

/** Files at addresses; a file's path is that of its address below `base`. */
export function urlFiles(base: string | URL, paths: readonly string[]): ImageFile[] {
  return paths.map((path) => ({
    path,
    async bytes() {
      const url = new URL(path, base);
      const response = await fetch(url);
      if (!response.ok) {
        const got = `${response.status} ${response.statusText}`;
        throw new DatasetError({
          where: url.href,
          field: 'answer',
          got,
          expected: '200',
          fix: 'Check the address.',
        });
      }
      return new Uint8Array(await response.arrayBuffer());
    },
  }));
}
