import { openRunFolder } from '@ganjs/runs/node';
import { startBackend } from '../backends/index.js';
import { progressFor } from '../progress.js';
import { reportRun } from '../report.js';
import { trainRun } from '../trainRun.js';

/** The flags of `gan resume`. */
export interface ResumeOptions {
  readonly epochs?: number;
  readonly steps?: number;
  readonly backend?: string;
  readonly threads?: number;
  readonly json?: boolean;
}

/** `gan resume` */
export async function resumeCommand(path: string, options: ResumeOptions): Promise<void> {
  const run = await openRunFolder(path);
  await startBackend(options.backend ?? run.record.training.backend, options.threads);
  const { epochs, steps, json } = options;
  const length = steps !== undefined ? { steps } : epochs !== undefined ? { epochs } : undefined;
  if (length && !json) {
    const before = await run.progress();
    if (before && before.steps <= before.step) {
      console.log(
        'The run was finished: what follows a schedule, such as its learning rates, goes on from its last step.',
      );
    }
  }
  await reportRun(run, await trainRun(run, progressFor(json), length), json);
}
