import { openRun, readRecord } from '../createRun.js';
import type { Run } from '../run.js';
import { folderStorage } from './folderStorage.js';
import { nodeContext } from './openTaskData.js';
import { resolveVariant } from './resolveVariant.js';

/**
 * Opens the run in a folder, whatever variant and data it is of.
 *
 * @throws RunError when there is no run, it is damaged, or its variant is not found.
 * @example
 * const run = await openRunFolder('runs/dcgan-mnist');
 * const gan = await run.restore();
 * const { images, picture } = await gan.sample({ n: 64, seed: 7 });
 */
export async function openRunFolder(path: string): Promise<Run> {
  const storage = folderStorage(path);
  const record = await readRecord(storage);
  const variant = await resolveVariant(record.package ?? record.variant);
  return openRun(storage, { variant, ...nodeContext(record.data, variant.task) });
}
