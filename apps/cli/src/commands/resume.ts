import type { Command } from 'commander';
import type { ResumeOptions } from '../actions/resume.js';
import { threadsOption, wholeNumber } from '../options.js';

/** Adds `gan resume` to the program. */
export function addResumeCommand(program: Command): void {
  program
    .command('resume')
    .description('go on with a run from its last checkpoint, as if it had never stopped')
    .argument('<run>', "a run's folder")
    .option('--epochs <n>', 'another length, in passes over the data', wholeNumber(1))
    .option('--steps <n>', 'another length, in training steps', wholeNumber(1))
    .option('--backend <name>', "default: the run's")
    .addOption(threadsOption())
    .option('--json', 'stream the events as JSON lines')
    .action(async (path: string, options: ResumeOptions) => {
      const { resumeCommand } = await import('../actions/resume.js');
      await resumeCommand(path, options);
    });
}
