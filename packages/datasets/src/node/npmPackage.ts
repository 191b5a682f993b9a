import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The folder of an installed npm package: next to this one, or in the current project. */
export function packageFolder(name: string): string | undefined {
  for (const from of [import.meta.url, join(process.cwd(), 'package.json')]) {
    try {
      return dirname(createRequire(from).resolve(`${name}/package.json`));
    } catch {
      // not reachable from there
    }
  }
  return undefined;
}
