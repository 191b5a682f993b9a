import type { DatasetInfo, LoadReport } from '@ganjs/datasets';
import type { Run } from '@ganjs/runs';
import pc from 'picocolors';
import { recordFallbacks } from './backends/fallbacks.js';
import type { Ending } from './trainRun.js';

/** Files that are named on the screen; data-report.json has them all. */
const NAMED = 5;

/** Says what became of the files of a folder. */
export function reportData({ name, size }: DatasetInfo, { skipped, ignored }: LoadReport): void {
  console.log(`${name}: ${size} read, ${skipped.length} skipped, ${ignored.length} ignored (no images)`);
  for (const { path, reason } of skipped.slice(0, NAMED)) {
    console.log(`  ${pc.yellow('skipped')} ${path}: ${reason}`);
  }
  if (skipped.length > NAMED) console.log(`  ${skipped.length - NAMED} more are named in data-report.json`);
}

/** Says where things are and, where an evaluation knows the run, how good it is. */
export async function reportRun(run: Run, ending: Ending, json: boolean | undefined): Promise<void> {
  await recordFallbacks(run.storage);
  const { location } = run.storage;
  if (ending === 'stopped') {
    process.exitCode = 130;
    if (!json) console.log(`Stopped. Go on with: gan resume ${location}`);
    return;
  }
  const result = await run.evaluate();
  if (json) {
    if (result) console.log(JSON.stringify({ type: 'metrics', ...result.scores }));
    return;
  }
  if (result) console.log(result.summary);
  console.log(
    `Done. Look at ${pc.bold(`${location}/final.png`)}, progress.gif and losses.svg there; more with: gan sample ${location}`,
  );
}
