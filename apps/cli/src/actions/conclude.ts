import type { LoadReport } from '@ganjs/datasets';
import pc from 'picocolors';
import { recordFallbacks } from '../backends/fallbacks.js';
import type { DataInfo } from '../data/request.js';
import type { Ending } from '../play.js';
import { jsonProgress, liveProgress, type Progress, plainProgress } from '../progress.js';
import type { RunFolder } from '../runFolder.js';
import { evaluateRun } from './evaluate.js';

/** The display that suits where the output goes. */
export function progressFor(json: boolean | undefined): Progress {
  if (json) return jsonProgress();
  return process.stdout.isTTY ? liveProgress() : plainProgress();
}

/** Files that are named on the screen; data-report.json has them all. */
const NAMED = 5;

/** Says what became of the files of a folder. */
export function tellReport({ name, size }: DataInfo, { skipped, ignored }: LoadReport): void {
  console.log(`${name}: ${size} read, ${skipped.length} skipped, ${ignored.length} ignored (no images)`);
  for (const { path, reason } of skipped.slice(0, NAMED)) {
    console.log(`  ${pc.yellow('skipped')} ${path}: ${reason}`);
  }
  if (skipped.length > NAMED) console.log(`  ${skipped.length - NAMED} more are named in data-report.json`);
}

/** Says where things are and, where an evaluation knows the run, how good it is. */
export async function conclude(folder: RunFolder, ending: Ending, json: boolean | undefined): Promise<void> {
  await recordFallbacks(folder);
  if (ending === 'stopped') {
    process.exitCode = 130;
    if (!json) console.log(`Stopped. Go on with: gan resume ${folder.path}`);
    return;
  }
  const result = await evaluateRun(folder.path, { n: 1000, seed: 1 });
  if (result) await folder.writeJson('metrics.json', result.scores);
  if (json) {
    if (result) console.log(JSON.stringify({ type: 'metrics', ...result.scores }));
    return;
  }
  if (result) console.log(result.summary);
  console.log(
    `Done. Look at ${pc.bold(`${folder.path}/final.png`)}, progress.gif and losses.svg there; more with: gan sample ${folder.path}`,
  );
}
